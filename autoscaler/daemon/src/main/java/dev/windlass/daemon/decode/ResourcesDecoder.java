package dev.windlass.daemon.decode;

import dev.windlass.core.model.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Maps of quantities: requests, limits, overhead, allocatable. */
final class ResourcesDecoder {
  private ResourcesDecoder() {}

  /** The amounts; a quantity that is none, or is negative, is a problem. */
  static Resources decode(
      String field, @Nullable Map<String, Quantity> quantities, Problems problems) {
    if (quantities == null || quantities.isEmpty()) {
      return Resources.NONE;
    }
    TreeMap<String, Long> amounts = new TreeMap<>();
    quantities.forEach((name, quantity) -> {
      String text = quantity == null ? "0" : quantity.toString();
      OptionalLong amount =
          name.equals(Resources.CPU) ? Quantities.milli(text) : Quantities.units(text);
      if (amount.isEmpty() || amount.getAsLong() < 0) {
        problems.add(field + "." + name, text, "a quantity of zero or more, such as 500m or 2Gi");
      } else if (isExtended(name) && !isWhole(text)) {
        problems.add(field + "." + name, text, "a whole number");
      } else {
        amounts.put(name, amount.getAsLong());
      }
    });
    return Resources.of(amounts);
  }

  /** Notes requests that are above their limits. */
  static void checkWithin(String field, Resources requests, Resources limits, Problems problems) {
    requests
        .amounts()
        .forEach((name, request) -> {
          Long limit = limits.amounts().get(name);
          if (limit != null && request > limit) {
            problems.add(field + "." + name, request.toString(), "at most the limit " + limit);
          }
        });
  }

  /** A name with a domain that is not Kubernetes' own counts devices. */
  private static boolean isExtended(String name) {
    return name.contains("/") && !name.contains("kubernetes.io/");
  }

  private static boolean isWhole(String text) {
    return Quantities.parse(text)
        .map(number -> number.stripTrailingZeros().scale() <= 0)
        .orElse(false);
  }

  /** The requests with what only the limits name, as the API server fills them in. */
  static Resources withLimits(Resources requests, Resources limits) {
    TreeMap<String, Long> filled = new TreeMap<>(limits.amounts());
    filled.putAll(requests.amounts());
    return Resources.of(filled);
  }
}
