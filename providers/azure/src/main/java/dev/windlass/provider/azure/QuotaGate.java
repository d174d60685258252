package dev.windlass.provider.azure;

import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Quotas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The subscription's limits, looked at before machines are asked for: most refusals of Azure are
 * for want of quota, and a refused write spends the set's few writes a minute.
 */
final class QuotaGate {
  private static final String REGIONAL = "cores";
  private static final String SPOT = "lowPriorityCores";
  private static final Duration NO_QUOTA = Duration.ofHours(1);
  private static final Duration LOW_QUOTA = Duration.ofMinutes(10);

  private final SkuCatalogue catalogue;

  QuotaGate(SkuCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * How many of the machines that are wanted there is quota for.
   *
   * @param machines as many as this
   * @param shortfall why not all, or null
   */
  record Room(int machines, @Nullable CloudFailure shortfall) {}

  /** Looks; what cannot be read is no reason against a purchase. */
  Room room(ArmCalls calls, GroupReference reference, Map<Variant, Integer> wanted) {
    int all = wanted.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, Long> demand = new LinkedHashMap<>();
    Map<String, UsageInner> usages;
    try {
      for (Map.Entry<Variant, Integer> each : wanted.entrySet()) {
        demand(calls, each.getKey(), each.getValue(), demand);
      }
      usages = usages(calls);
    } catch (RuntimeException unread) {
      return new Room(all, null);
    }
    for (Map.Entry<String, Long> each : demand.entrySet()) {
      UsageInner usage = usages.get(GroupId.lower(each.getKey()));
      if (usage != null && usage.currentValue() + each.getValue() > usage.limit()) {
        return shortOf(calls, reference, usage, each, all);
      }
    }
    return new Room(all, null);
  }

  private Room shortOf(
      ArmCalls calls,
      GroupReference reference,
      UsageInner usage,
      Map.Entry<String, Long> demand,
      int all) {
    long free = Math.max(0, usage.limit() - usage.currentValue());
    CloudFailure failure =
        new CloudFailure(
            Cause.QUOTA,
            "quota %s in %s: limit %d, in use %d, wanted %d more"
                .formatted(
                    demand.getKey(),
                    calls.region(),
                    usage.limit(),
                    usage.currentValue(),
                    demand.getValue()),
            scope(calls.region(), reference, demand.getKey()),
            "QuotaExceeded",
            usage.limit() == 0 ? NO_QUOTA : LOW_QUOTA);
    return new Room((int) (free * all / Math.max(1, demand.getValue())), failure);
  }

  /** The limits that a group's machines count against. */
  List<Quotas.Quota> quotas(ArmCalls calls, GroupReference reference) {
    Set<String> names = new TreeSet<>(Set.of(REGIONAL, SPOT));
    for (String type : types(reference)) {
      catalogue.find(calls, type).ifPresent(sku -> names.add(sku.family()));
    }
    Map<String, UsageInner> usages = usages(calls);
    List<Quotas.Quota> quotas = new ArrayList<>();
    for (String name : names) {
      UsageInner usage = usages.get(GroupId.lower(name));
      if (usage != null) {
        quotas.add(
            new Quotas.Quota(
                name,
                scope(calls.region(), reference, name),
                Quotas.Unit.VCPUS,
                usage.limit(),
                usage.currentValue()));
      }
    }
    return quotas;
  }

  private void demand(ArmCalls calls, Variant variant, int machines, Map<String, Long> demand) {
    catalogue
        .find(calls, variant.instanceType())
        .ifPresent(sku -> {
          long cores = (long) machines * sku.cores();
          if (variant.purchase() == Purchase.SPOT) {
            demand.merge(SPOT, cores, Long::sum);
          } else {
            demand.merge(sku.family(), cores, Long::sum);
            demand.merge(REGIONAL, cores, Long::sum);
          }
        });
  }

  private FailureScope scope(String region, GroupReference reference, String usage) {
    return switch (usage) {
      case SPOT -> new FailureScope(Set.of(), Set.of(), Purchase.SPOT);
      case REGIONAL -> new FailureScope(Set.of(), Set.of(), Purchase.ON_DEMAND);
      default ->
          new FailureScope(
              types(reference).stream()
                  .filter(type -> catalogue.family(region, type).equals(usage))
                  .collect(Collectors.toSet()),
              Set.of(),
              Purchase.ON_DEMAND);
    };
  }

  private static Set<String> types(GroupReference reference) {
    return reference.offerings().stream()
        .map(offering -> offering.variant().instanceType())
        .collect(Collectors.toSet());
  }

  private static Map<String, UsageInner> usages(ArmCalls calls) {
    Map<String, UsageInner> usages = new LinkedHashMap<>();
    for (UsageInner usage : calls.usages()) {
      if (usage.name() != null && usage.name().value() != null) {
        usages.put(GroupId.lower(usage.name().value()), usage);
      }
    }
    return usages;
  }
}
