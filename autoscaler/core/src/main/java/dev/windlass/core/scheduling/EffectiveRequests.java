package dev.windlass.core.scheduling;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import java.util.Map;

/**
 * What a pod takes of a node, as kube-scheduler counts it: the sum of its containers, or what its
 * init containers need while they run, whichever is more, replaced by requests at pod level where
 * there are any, plus the runtime's overhead and one of {@code pods}.
 *
 * <p>Source: Kubernetes, {@code k8s.io/component-helpers/resource}, {@code PodRequests}; sidecars
 * as in KEP-753, pod-level resources as in KEP-2837.
 */
public final class EffectiveRequests {
  private EffectiveRequests() {}

  /** The pod's effective requests, {@code pods: 1} included. */
  public static Resources of(PodSpec pod) {
    Resources running = Resources.NONE;
    for (Container container : pod.containers()) {
      running = running.plus(container.requests());
    }
    Resources sidecars = Resources.NONE;
    Resources starting = Resources.NONE;
    for (Container container : pod.initContainers()) {
      if (container.restartable()) {
        sidecars = sidecars.plus(container.requests());
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(container.requests()));
      }
    }
    Resources total = running.plus(sidecars).max(starting);
    if (pod.podRequests() != null) {
      for (Map.Entry<String, Long> level : pod.podRequests().amounts().entrySet()) {
        total = total.with(level.getKey(), level.getValue());
      }
    }
    return total.plus(pod.overhead()).with(Resources.PODS, 1);
  }
}
