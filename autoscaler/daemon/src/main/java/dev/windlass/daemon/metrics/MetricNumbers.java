package dev.windlass.daemon.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as Prometheus writes them, and as thousandths. */
final class MetricNumbers {
  private static final Pattern FINITE =
      Pattern.compile(
          "[-+]?([0-9]{1,400}(\\.[0-9]{0,400})?|\\.[0-9]{1,400})([eE][-+]?[0-9]{1,4})?");
  private static final double MAX_WHOLE = 9e15;

  private MetricNumbers() {}

  /** The number that a text stands for, NaN and infinite ones too; empty if it stands for none. */
  static Optional<Double> parse(String text) {
    return switch (text) {
      case "NaN" -> Optional.of(Double.NaN);
      case "+Inf", "Inf" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
      default ->
          FINITE.matcher(text).matches() ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    };
  }

  /** A metric's value in thousandths, rounded up as Kubernetes does. */
  static Answer<Long> milli(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Answer.none(SourceError.NOT_A_NUMBER, "the value is " + value);
    }
    if (value < 0) {
      return Answer.none(SourceError.NEGATIVE, "the value is less than zero");
    }
    if (value > MAX_WHOLE) {
      return new Answer.Of<>(Long.MAX_VALUE);
    }
    return new Answer.Of<>(
        BigDecimal.valueOf(value)
            .movePointRight(3)
            .setScale(0, RoundingMode.CEILING)
            .longValueExact());
  }
}
