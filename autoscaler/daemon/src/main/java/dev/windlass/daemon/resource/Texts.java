package dev.windlass.daemon.resource;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and quantities as Kubernetes writes them. */
public final class Texts {
  /** What a duration looks like: {@code 90s}, {@code 1h30m}, {@code 250ms}. */
  public static final String DURATION = "^([0-9]{1,9}(h|ms|m|s))+$";

  /** What is expected where a duration is not. */
  public static final String DURATION_EXPECTED = "a duration such as 90s, 10m or 1h30m";

  /** What is expected where a quantity is not. */
  public static final String QUANTITY_EXPECTED = "a quantity such as 4, 500m or 16Gi";

  private static final Pattern WHOLE_DURATION = Pattern.compile(DURATION);
  private static final Pattern DURATION_PART = Pattern.compile("([0-9]{1,9})(h|ms|m|s)");
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

  private Texts() {}

  /** The duration that a text stands for, empty if it stands for none. */
  public static Optional<Duration> duration(String text) {
    if (!WHOLE_DURATION.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = DURATION_PART.matcher(text);
    while (part.find()) {
      long amount = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "h" -> Duration.ofHours(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMillis(amount);
              });
    }
    return Optional.of(sum);
  }

  /** The shortest text of a duration, {@code 0s} for none. */
  public static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }

  /** A quantity in whole units, rounded up as Kubernetes does; empty if it is none. */
  public static OptionalLong units(Quantity quantity) {
    return scaled(quantity, BigDecimal.ONE);
  }

  /** A quantity in thousandths, rounded up as Kubernetes does; empty if it is none. */
  public static OptionalLong milli(Quantity quantity) {
    return scaled(quantity, THOUSAND);
  }

  private static OptionalLong scaled(Quantity quantity, BigDecimal factor) {
    try {
      BigDecimal amount =
          quantity.getNumericalAmount().multiply(factor).setScale(0, RoundingMode.CEILING);
      return amount.abs().compareTo(MAX) > 0
          ? OptionalLong.empty()
          : OptionalLong.of(amount.longValueExact());
    } catch (IllegalArgumentException | ArithmeticException | NullPointerException _) {
      return OptionalLong.empty();
    }
  }
}
