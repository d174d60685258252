package dev.windlass.provider.azure;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a failure may be about.
 *
 * @param types the machine types in question, each with the name that its quota has, or an empty
 *     name where that is not known
 * @param zones the zones in question
 * @param purchase how the machines are paid for, or null where that may be either
 */
record Scopes(Map<String, String> types, Set<String> zones, @Nullable Purchase purchase) {
  static final Scopes NOTHING_KNOWN = new Scopes(Map.of(), Set.of(), null);

  Scopes {
    types = Map.copyOf(types);
    zones = Set.copyOf(zones);
  }

  boolean spot() {
    return purchase == Purchase.SPOT;
  }

  FailureScope ofZone() {
    return new FailureScope(types.keySet(), zones, purchase);
  }

  FailureScope ofType() {
    return new FailureScope(types.keySet(), Set.of(), purchase);
  }

  /** Spot machines have one quota of their own; others one for each family and one for all. */
  FailureScope ofQuota(String message) {
    String text = message.toLowerCase(Locale.ROOT).replace(" ", "");
    if (text.contains("lowprioritycores")) {
      return new FailureScope(Set.of(), Set.of(), Purchase.SPOT);
    }
    if (text.contains("totalregional") || text.contains("regionalcores")) {
      return new FailureScope(Set.of(), Set.of(), Purchase.ON_DEMAND);
    }
    Set<String> family =
        types.entrySet().stream()
            .filter(type -> !type.getValue().isEmpty())
            .filter(type -> text.contains(type.getValue().toLowerCase(Locale.ROOT)))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return new FailureScope(family.isEmpty() ? types.keySet() : family, Set.of(), purchase);
  }
}
