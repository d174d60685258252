package dev.windlass.core.replicas;

import dev.windlass.core.model.Container;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What pods ask for of one resource, in thousandths. A request that is absent is no zero. */
sealed interface PodRequests {
  /** Each pod's request by its name. */
  record Known(Map<String, Long> milli) implements PodRequests {
    public Known {
      milli = Map.copyOf(milli);
    }
  }

  /** A pod has no request; the sentence names it. */
  record Missing(String message) implements PodRequests {}

  /**
   * Adds up ordinary containers and init containers that keep running, or takes the pod's own
   * request where it has one.
   *
   * @param container the only container that counts, or null for all of them
   */
  static PodRequests of(List<Pod> pods, String resource, @Nullable String container) {
    Map<String, Long> milli = new HashMap<>();
    for (Pod pod : pods) {
      Long podLevel = container == null ? podLevel(pod.spec(), resource) : null;
      if (podLevel != null) {
        milli.put(pod.key().name(), toMilli(resource, podLevel));
        continue;
      }
      List<Container> counted = counted(pod.spec(), container);
      if (container != null && counted.isEmpty()) {
        return new Missing("pod " + pod.key() + " has no container " + container);
      }
      long sum = 0;
      for (Container one : counted) {
        Long request = one.requests().amounts().get(resource);
        if (request == null) {
          return new Missing(
              "no request for "
                  + resource
                  + " in container "
                  + one.name()
                  + " of pod "
                  + pod.key());
        }
        sum = Quantities.saturatedSum(sum, toMilli(resource, request));
      }
      milli.put(pod.key().name(), sum);
    }
    return new Known(milli);
  }

  private static @Nullable Long podLevel(PodSpec spec, String resource) {
    Resources requests = spec.podRequests();
    return requests == null ? null : requests.amounts().get(resource);
  }

  private static List<Container> counted(PodSpec spec, @Nullable String container) {
    return Stream.concat(
            spec.containers().stream(),
            spec.initContainers().stream().filter(Container::restartable))
        .filter(one -> container == null || one.name().equals(container))
        .toList();
  }

  /** Cpu is counted in thousandths already; everything else in units. */
  private static long toMilli(String resource, long amount) {
    if (resource.equals(Resources.CPU)) {
      return amount;
    }
    return amount > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : amount * 1000;
  }
}
