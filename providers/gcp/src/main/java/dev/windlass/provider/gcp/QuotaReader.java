package dev.windlass.provider.gcp;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Quotas.Quota;
import dev.windlass.provider.spi.Quotas.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The limits of a region that a group's machines count against. */
final class QuotaReader {
  private static final String GENERAL = "CPUS";

  private final ComputeCalls calls;

  QuotaReader(ComputeCalls calls) {
    this.calls = calls;
  }

  List<Quota> read(GroupReference group, ManagerId id) {
    List<com.google.cloud.compute.v1.Quota> all =
        calls.region(id.project(), id.region()).getQuotasList();
    Set<String> metrics = new HashSet<>();
    all.forEach(it -> metrics.add(it.getMetric()));
    List<Quota> quotas = new ArrayList<>();
    for (com.google.cloud.compute.v1.Quota each : all) {
      scope(each.getMetric(), metrics, group)
          .ifPresent(it ->
              quotas.add(
                  new Quota(
                      each.getMetric(),
                      it,
                      unit(each.getMetric()),
                      Math.round(each.getLimit()),
                      Math.round(each.getUsage()))));
    }
    return quotas;
  }

  /** The variants that count; empty if none does or if the metric counts no machines. */
  private static Optional<FailureScope> scope(
      String metric, Set<String> metrics, GroupReference group) {
    String counted = metric.replaceFirst("^PREEMPTIBLE_", "");
    if (counted.equals("INSTANCES")) {
      return Optional.of(FailureScope.ALL);
    }
    boolean ofMachines =
        counted.equals(GENERAL)
            || counted.endsWith("_CPUS")
            || (counted.startsWith("NVIDIA_") && counted.endsWith("_GPUS"));
    if (!ofMachines || counted.startsWith("COMMITTED_")) {
      return Optional.empty();
    }
    FailureScope scope = FailureScopes.ofMetric(metric, group);
    Set<String> types = new HashSet<>(scope.instanceTypes());
    if (counted.equals(GENERAL)) {
      String prefix = metric.substring(0, metric.length() - GENERAL.length());
      types.removeIf(it -> metrics.contains(prefix + family(it) + "_CPUS"));
    }
    boolean offered =
        group.offerings().stream()
            .map(it -> it.variant())
            .filter(it -> types.contains(it.instanceType()))
            .map(Variant::purchase)
            .anyMatch(it -> scope.purchase() == null || scope.purchase() == it);
    return offered
        ? Optional.of(new FailureScope(types, scope.zones(), scope.purchase()))
        : Optional.empty();
  }

  private static String family(String type) {
    return type.split("-")[0].toUpperCase(Locale.ROOT);
  }

  private static Unit unit(String metric) {
    return metric.endsWith("CPUS")
        ? Unit.VCPUS
        : metric.endsWith("GPUS") ? Unit.GPUS : Unit.MACHINES;
  }
}
