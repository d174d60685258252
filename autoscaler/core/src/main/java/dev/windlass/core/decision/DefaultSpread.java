package dev.windlass.core.decision;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.TopologySpread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives pods without topology spread constraints the cluster's default ones, as kube-scheduler's
 * {@code PodTopologySpreadArgs.defaultConstraints} do. What is counted are the pods with the same
 * labels, those that tell replicas apart left out: the pods of one controller.
 */
final class DefaultSpread {
  private static final Set<String> OWNERS =
      Set.of("ReplicaSet", "StatefulSet", "ReplicationController", "Deployment");
  private static final Set<String> OF_ONE_POD =
      Set.of(
          "statefulset.kubernetes.io/pod-name",
          "apps.kubernetes.io/pod-index",
          "controller-revision-hash");

  private final Map<String, Integer> maxSkews;
  private final Map<Template, PodSpec> known = new HashMap<>();

  private record Template(PodSpec spec, Map<String, String> labels) {}

  DefaultSpread(Map<String, Integer> maxSkews) {
    this.maxSkews = new TreeMap<>(maxSkews);
  }

  /** The snapshot with the defaults filled in; the same one when there are none. */
  ClusterSnapshot fill(ClusterSnapshot snapshot) {
    ClusterSnapshot.Workloads old = snapshot.workloads();
    return maxSkews.isEmpty()
        ? snapshot
        : new ClusterSnapshot(
            old.withPods(fill(old.pods())),
            snapshot.capacity(),
            snapshot.scaling(),
            snapshot.gpu(),
            snapshot.observedAt());
  }

  /** The pods with the defaults filled in. */
  List<Pod> fill(List<Pod> pods) {
    return maxSkews.isEmpty() ? pods : pods.stream().map(this::fill).toList();
  }

  private Pod fill(Pod pod) {
    OwnerReference owner = pod.metadata().controller();
    boolean own =
        !pod.spec().rules().topologySpread().isEmpty()
            || !pod.placement().preferences().spread().isEmpty();
    if (own || owner == null || !OWNERS.contains(owner.kind())) {
      return pod;
    }
    Map<String, String> labels = new HashMap<>(pod.metadata().labels());
    labels.keySet().removeAll(OF_ONE_POD);
    if (labels.isEmpty()) {
      return pod;
    }
    PodSpec spec = known.computeIfAbsent(new Template(pod.spec(), labels), this::spread);
    return new Pod(pod.key(), pod.metadata(), spec, pod.status(), pod.placement(), pod.lifecycle());
  }

  private PodSpec spread(Template template) {
    PodPlacementRules rules = template.spec().rules();
    LabelSelector selector = new LabelSelector(template.labels(), List.of());
    List<TopologySpread> spread = new ArrayList<>();
    maxSkews.forEach(
        (key, maxSkew) -> spread.add(new TopologySpread(maxSkew, key, selector, 1, true, false)));
    return template
        .spec()
        .withRules(
            new PodPlacementRules(
                rules.nodeSelector(),
                rules.nodeAffinity(),
                rules.tolerations(),
                rules.podAffinity(),
                rules.podAntiAffinity(),
                spread));
  }
}
