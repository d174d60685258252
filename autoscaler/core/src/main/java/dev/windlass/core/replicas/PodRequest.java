package dev.windlass.core.replicas;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import org.jspecify.annotations.Nullable;

/** What a pod asks for of one resource. A request that is absent is no zero. */
sealed interface PodRequest {
  /** In thousandths. */
  record Known(long milli) implements PodRequest {}

  /** There is none; the words say where, and begin with a verb. */
  record Missing(String why) implements PodRequest {}

  /**
   * Adds up ordinary containers and init containers that keep running, or takes the pod's own
   * request where it has one.
   *
   * @param container the only container that counts, or null for all of them
   */
  static PodRequest of(PodSpec spec, String resource, @Nullable String container) {
    Long own = container == null ? own(spec, resource) : null;
    if (own != null) {
      return new Known(toMilli(resource, own));
    }
    long sum = 0;
    boolean found = false;
    for (int i = 0; i < spec.containers().size() + spec.initContainers().size(); i++) {
      Container one = container(spec, i);
      boolean ordinary = i < spec.containers().size();
      boolean named = container == null || one.name().equals(container);
      if (named && (ordinary || one.restartable())) {
        Long request = one.requests().amounts().get(resource);
        if (request == null) {
          return new Missing("has no request for " + resource + " in container " + one.name());
        }
        sum = Quantities.saturatedSum(sum, toMilli(resource, request));
        found = true;
      }
    }
    return container == null || found
        ? new Known(sum)
        : new Missing("has no container " + container);
  }

  private static @Nullable Long own(PodSpec spec, String resource) {
    Resources requests = spec.podRequests();
    return requests == null ? null : requests.amounts().get(resource);
  }

  private static Container container(PodSpec spec, int index) {
    int ordinary = spec.containers().size();
    return index < ordinary
        ? spec.containers().get(index)
        : spec.initContainers().get(index - ordinary);
  }

  /** Cpu is counted in thousandths already; everything else in units. */
  private static long toMilli(String resource, long amount) {
    if (resource.equals(Resources.CPU)) {
      return amount;
    }
    return amount > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : amount * 1000;
  }
}
