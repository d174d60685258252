package dev.windlass.provider.testkit.azure;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which machines the region has, and how many cores the subscription may use. */
final class Stock {
  static final String REGIONAL = "cores";
  static final String SPOT = "lowPriorityCores";
  private static final long USUAL_LIMIT = 100_000;

  private final List<FailureScope> soldOut = new ArrayList<>();
  private final Map<String, Long> limits = new TreeMap<>();

  void sellOut(FailureScope scope) {
    soldOut.add(scope);
  }

  void restock() {
    soldOut.clear();
    limits.clear();
  }

  boolean has(Variant variant) {
    return soldOut.stream().noneMatch(scope -> scope.covers(variant));
  }

  /** Limits the usages that machines of a scope count against. */
  void limit(FailureScope scope, int machines, Collection<FakeScaleSet> sets) {
    sets.stream()
        .flatMap(set -> set.variants.stream())
        .filter(scope::covers)
        .forEach(variant -> {
          long cores = (long) machines * VmSize.of(variant.instanceType()).cores();
          limits.put(usage(scope, variant), cores);
        });
  }

  private static String usage(FailureScope scope, Variant variant) {
    if (variant.purchase() == Purchase.SPOT) {
      return SPOT;
    }
    return scope.instanceTypes().isEmpty() ? REGIONAL : VmSize.of(variant.instanceType()).family();
  }

  long limit(String usage) {
    return limits.getOrDefault(usage, USUAL_LIMIT);
  }

  /** The cores in use by the name of what they count against. */
  static Map<String, Long> used(Collection<FakeScaleSet> sets) {
    Map<String, Long> used = new TreeMap<>();
    VmSize.ALL.values().forEach(size -> used.put(size.family(), 0L));
    used.put(REGIONAL, 0L);
    used.put(SPOT, 0L);
    for (FakeScaleSet set : sets) {
      for (FakeVm vm : set.vms) {
        if (vm.holdsCores()) {
          usages(vm.variant)
              .forEach(usage ->
                  used.merge(
                      usage, (long) VmSize.of(vm.variant.instanceType()).cores(), Long::sum));
        }
      }
    }
    return used;
  }

  private static List<String> usages(Variant variant) {
    return variant.purchase() == Purchase.SPOT
        ? List.of(SPOT)
        : List.of(VmSize.of(variant.instanceType()).family(), REGIONAL);
  }

  /** Refuses machines beyond a limit, in the service's words. */
  void requireQuota(Variant variant, int machines, Collection<FakeScaleSet> sets) {
    long more = (long) machines * VmSize.of(variant.instanceType()).cores();
    Map<String, Long> used = used(sets);
    for (String usage : usages(variant)) {
      long now = used.getOrDefault(usage, 0L);
      if (now + more > limit(usage)) {
        throw new RefusedException(exceeded(usage, now, more));
      }
    }
  }

  private ArmError exceeded(String usage, long now, long more) {
    String what =
        switch (usage) {
          case REGIONAL -> "Total Regional Cores quota";
          case SPOT -> "LowPriorityCores quota";
          default -> usage + " Cores quota";
        };
    return new ArmError(
        409,
        "OperationNotAllowed",
        "Operation could not be completed as it results in exceeding approved %s. Additional details - Deployment Model: Resource Manager, Location: %s, Current Limit: %d, Current Usage: %d, Additional Required: %d, (Minimum) New Limit Required: %d."
            .formatted(what, FakeScaleSet.LOCATION, limit(usage), now, more, now + more));
  }

  /** The error of a machine that could not be had. */
  static ArmError stockout(Variant variant) {
    boolean zonal = variant.zone().contains("-");
    return new ArmError(
        409,
        zonal ? "ZonalAllocationFailed" : "AllocationFailed",
        "Allocation failed. We do not have sufficient capacity for the requested VM size "
            + variant.instanceType()
            + (zonal ? " in this zone." : " in this region."));
  }
}
