package dev.windlass.provider.aws;

import dev.windlass.core.model.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quantities of Kubernetes as tags carry them. */
final class Amounts {
  private static final Pattern QUANTITY =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(m|k|[KMGT]i?)?");
  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "m", new BigDecimal("0.001"),
          "k", new BigDecimal(1_000),
          "M", new BigDecimal(1_000_000),
          "G", new BigDecimal(1_000_000_000),
          "T", new BigDecimal(1_000_000_000_000L),
          "Ki", new BigDecimal(1L << 10),
          "Mi", new BigDecimal(1L << 20),
          "Gi", new BigDecimal(1L << 30),
          "Ti", new BigDecimal(1L << 40));

  private Amounts() {}

  /**
   * Reads an amount of a resource, in the unit of {@link Resources}; throws {@link
   * IllegalArgumentException} for what is none.
   */
  static long of(String resource, String text) {
    Matcher matcher = QUANTITY.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a quantity: " + text);
    }
    String unit = matcher.group(2);
    BigDecimal factor = unit == null ? BigDecimal.ONE : UNITS.getOrDefault(unit, BigDecimal.ONE);
    BigDecimal amount = new BigDecimal(matcher.group(1)).multiply(factor);
    BigDecimal scaled =
        resource.equals(Resources.CPU) ? amount.multiply(BigDecimal.valueOf(1_000)) : amount;
    return scaled.setScale(0, RoundingMode.CEILING).longValue();
  }
}
