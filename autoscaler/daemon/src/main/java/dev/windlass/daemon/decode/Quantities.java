package dev.windlass.daemon.decode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes quantities: {@code 100m}, {@code 1.5Gi}, {@code 2e3}. Amounts are rounded up, as
 * Kubernetes' own {@code Value()} and {@code MilliValue()} do, and end at the largest long.
 *
 * <p>Grammar: the reference documentation of {@code Quantity} in the Kubernetes API.
 */
public final class Quantities {
  private static final Pattern FORM =
      Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))([numkMGTPE]|[KMGTPE]i|[eE][+-]?\\d{1,3})?");
  private static final int MAX_LENGTH = 64;
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal KIBI = BigDecimal.valueOf(1_024);
  private static final Map<String, Integer> DECIMAL_EXPONENTS =
      Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final String BINARY_PREFIXES = "KMGTPE";

  private Quantities() {}

  /** The exact number that a quantity stands for; empty if it is no quantity. */
  public static Optional<BigDecimal> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(form.group(1));
    String suffix = form.group(2);
    return Optional.of(suffix == null ? number : scaled(number, suffix));
  }

  /** In units (cores, bytes, devices), rounded up; empty if it is no quantity. */
  public static OptionalLong units(String text) {
    return parse(text).map(Quantities::ceiling).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  /** In thousandths, rounded up; empty if it is no quantity. */
  public static OptionalLong milli(String text) {
    return parse(text)
        .map(number -> OptionalLong.of(ceiling(number.multiply(THOUSAND))))
        .orElse(OptionalLong.empty());
  }

  private static BigDecimal scaled(BigDecimal number, String suffix) {
    if (suffix.endsWith("i")) {
      return number.multiply(KIBI.pow(BINARY_PREFIXES.indexOf(suffix.charAt(0)) + 1));
    }
    Integer exponent = DECIMAL_EXPONENTS.get(suffix);
    return number.scaleByPowerOfTen(
        exponent == null ? Integer.parseInt(suffix.substring(1)) : exponent);
  }

  private static long ceiling(BigDecimal number) {
    BigDecimal whole = number.setScale(0, RoundingMode.CEILING);
    return whole.min(LARGEST).max(LARGEST.negate()).longValue();
  }
}
