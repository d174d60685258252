package dev.windlass.provider.testkit.gcp;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What is sold out and how many machines the project may have. */
final class Stock {
  private final List<FailureScope> soldOut = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();

  /** An account limit, in machines. */
  record Limit(FailureScope scope, int machines) {
    /** The cloud's name of it. */
    String metric() {
      String prefix = scope.purchase() == Purchase.SPOT ? "PREEMPTIBLE_" : "";
      return scope.instanceTypes().stream()
          .findFirst()
          .map(type -> prefix + type.split("-")[0].toUpperCase(Locale.ROOT) + "_CPUS")
          .orElse(prefix + "CPUS");
    }

    /** How many processors that many machines have. */
    long cpus() {
      int each =
          scope.instanceTypes().stream()
              .findFirst()
              .flatMap(MachineTypes::find)
              .map(MachineTypes.Type::cpus)
              .orElse(4);
      return (long) machines * each;
    }
  }

  /** Why a machine cannot be had. */
  record Refused(String code, String message) {}

  void sellOut(FailureScope scope) {
    soldOut.add(scope);
  }

  void limit(FailureScope scope, int machines) {
    limits.removeIf(it -> it.scope().equals(scope));
    limits.add(new Limit(scope, machines));
  }

  void restock() {
    soldOut.clear();
    limits.clear();
  }

  List<Limit> limits() {
    return List.copyOf(limits);
  }

  boolean isSoldOut(Variant variant) {
    return soldOut.stream().anyMatch(scope -> scope.covers(variant));
  }

  /** Why one more machine cannot be had beside those there are. */
  Optional<Refused> refusal(String project, Variant wanted, Supplier<List<Variant>> existing) {
    if (isSoldOut(wanted)) {
      return Optional.of(
          new Refused(
              "ZONE_RESOURCE_POOL_EXHAUSTED",
              ("The zone 'projects/" + project + "/zones/" + wanted.zone() + "' does not have")
                  + " enough resources available to fulfill the request.  Try a different zone,"
                  + " or try again later."));
    }
    return limits.stream()
        .filter(it -> it.scope().covers(wanted))
        .filter(it -> existing.get().stream().filter(it.scope()::covers).count() >= it.machines())
        .findFirst()
        .map(it ->
            new Refused(
                "QUOTA_EXCEEDED",
                ("Quota '" + it.metric() + "' exceeded.  Limit: " + it.cpus() + ".0 in region ")
                    + new Location(wanted.zone()).region()
                    + "."));
  }
}
