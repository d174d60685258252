package dev.windlass.provider.testkit.aws;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which machines EC2 has, and how many the account may have. */
final class Market {
  private final List<FailureScope> soldOut = new ArrayList<>();
  private final Map<FailureScope, Integer> limits = new LinkedHashMap<>();

  void sellOut(FailureScope scope) {
    soldOut.add(scope);
  }

  void limit(FailureScope scope, int machines) {
    limits.put(scope, machines);
  }

  void restock() {
    soldOut.clear();
    limits.clear();
  }

  boolean isSoldOut(Variant variant) {
    return soldOut.stream().anyMatch(scope -> scope.covers(variant));
  }

  /** Why one more machine is not to be had beside these; empty if it is. */
  Optional<Denial> denial(Variant variant, Collection<AwsMachine> existing) {
    if (isSoldOut(variant)) {
      return Optional.of(stockout(variant));
    }
    for (Map.Entry<FailureScope, Integer> limit : limits.entrySet()) {
      long used = existing.stream().filter(each -> limit.getKey().covers(each.variant)).count();
      if (limit.getKey().covers(variant) && used >= limit.getValue()) {
        return Optional.of(overLimit(variant, limit.getValue()));
      }
    }
    return Optional.empty();
  }

  static Denial stockout(Variant variant) {
    return variant.purchase() == Purchase.SPOT
        ? new Denial(
            variant,
            "InsufficientInstanceCapacity",
            "There is no Spot capacity available that matches your request. ("
                + variant.instanceType()
                + " in "
                + variant.zone()
                + ")")
        : new Denial(
            variant,
            "InsufficientInstanceCapacity",
            "We currently do not have sufficient "
                + variant.instanceType()
                + " capacity in the Availability Zone you requested ("
                + variant.zone()
                + "). Our system will be working on provisioning additional capacity.");
  }

  private static Denial overLimit(Variant variant, int limit) {
    return variant.purchase() == Purchase.SPOT
        ? new Denial(variant, "MaxSpotInstanceCountExceeded", "Max spot instance count exceeded")
        : new Denial(
            variant,
            "VcpuLimitExceeded",
            "You have requested more vCPU capacity than your current vCPU limit of "
                + limit
                + " allows for the instance bucket that the specified instance type belongs to.");
  }
}
