package dev.windlass.simulations.apiserver.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of a resource with the format it was written in. */
public record Quantity(BigDecimal value, Format format) implements Comparable<Quantity> {
  /** Binary suffixes, decimal suffixes, or an exponent. */
  public enum Format {
    BINARY,
    DECIMAL,
    EXPONENT
  }

  private static final Pattern TEXT =
      Pattern.compile("([+-]?[0-9]*\\.?[0-9]*)([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i|)");
  private static final Map<String, Integer> DECIMAL =
      Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final int KIBI = 1024;

  /** Reads a quantity; nothing when the text is none. */
  public static Optional<Quantity> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || matcher.group(1).chars().noneMatch(Character::isDigit)) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    int power = BINARY.indexOf(suffix) + 1;
    if (power > 0) {
      return Optional.of(
          new Quantity(number.multiply(BigDecimal.valueOf(KIBI).pow(power)), Format.BINARY));
    }
    Integer scale = DECIMAL.get(suffix);
    if (scale != null) {
      return Optional.of(new Quantity(number.scaleByPowerOfTen(scale), Format.DECIMAL));
    }
    int exponent = Integer.parseInt(suffix.substring(1));
    return Math.abs(exponent) > 100
        ? Optional.empty()
        : Optional.of(new Quantity(number.scaleByPowerOfTen(exponent), Format.EXPONENT));
  }

  public boolean isInteger() {
    return value.stripTrailingZeros().scale() <= 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  /** The text that the API server keeps: the largest suffix that leaves a whole number. */
  public String canonical() {
    if (value.signum() == 0) {
      return "0";
    }
    if (format == Format.BINARY
        && value.abs().compareTo(BigDecimal.valueOf(KIBI)) >= 0
        && isInteger()) {
      return binary();
    }
    BigDecimal nano = value.setScale(9, RoundingMode.UP);
    BigInteger unscaled = nano.unscaledValue();
    int exponent = -9;
    BigInteger thousand = BigInteger.valueOf(1000);
    while (exponent < 18 && unscaled.mod(thousand).signum() == 0) {
      unscaled = unscaled.divide(thousand);
      exponent += 3;
    }
    return unscaled + decimalSuffix(exponent);
  }

  private String decimalSuffix(int exponent) {
    if (format == Format.EXPONENT) {
      return exponent == 0 ? "" : "e" + exponent;
    }
    return DECIMAL.entrySet().stream()
        .filter(e -> e.getValue() == exponent)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  private String binary() {
    BigInteger number = value.toBigIntegerExact();
    BigInteger kibi = BigInteger.valueOf(KIBI);
    int power = 0;
    while (power < BINARY.size() && number.mod(kibi).signum() == 0) {
      number = number.divide(kibi);
      power++;
    }
    return power == 0 ? number.toString() : number + BINARY.get(power - 1);
  }
}
