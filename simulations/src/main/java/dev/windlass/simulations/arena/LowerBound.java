package dev.windlass.simulations.arena;

import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The least that machines for some pods can cost: for each resource, the share of the cheapest
 * machine that a pod takes, summed over all pods; the dearest resource counts.
 */
final class LowerBound {
  private static final Set<String> RESOURCES =
      Set.of(Resources.CPU, Resources.MEMORY, Resources.NVIDIA_GPU);

  private LowerBound() {}

  /** US dollars an hour. */
  static double usdPerHour(List<Pod> pods, List<Offering> offerings) {
    List<Resources> demands = pods.stream().map(LowerBound::demand).toList();
    return RESOURCES.stream()
        .mapToDouble(
            resource -> demands.stream().mapToDouble(pod -> share(pod, resource, offerings)).sum())
        .max()
        .orElse(0);
  }

  private static double share(Resources pod, String resource, List<Offering> offerings) {
    return offerings.stream()
        .filter(offering -> fits(pod, offering.template().allocatable()))
        .filter(offering -> offering.template().allocatable().get(resource) > 0)
        .mapToDouble(offering ->
            offering.price().usdPerHour()
                * pod.get(resource)
                / offering.template().allocatable().get(resource))
        .min()
        .orElse(0);
  }

  private static boolean fits(Resources pod, Resources machine) {
    return pod.amounts().entrySet().stream()
        .allMatch(entry -> entry.getValue() <= machine.get(entry.getKey()));
  }

  private static Resources demand(Pod pod) {
    Map<String, Long> amounts = new TreeMap<>();
    Map<String, Quantity> requests =
        pod.getSpec().getContainers().getFirst().getResources().getRequests();
    requests.forEach((name, quantity) -> {
      long units = name.equals(Resources.CPU) ? 1000 : 1;
      amounts.put(
          name,
          Quantity.getAmountInBytes(quantity).multiply(BigDecimal.valueOf(units)).longValue());
    });
    return Resources.of(amounts);
  }
}
