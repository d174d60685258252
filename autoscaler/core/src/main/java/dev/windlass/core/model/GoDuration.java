package dev.windlass.core.model;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Go writes them, for instance {@code 1h30m}; whole numbers only. */
public final class GoDuration {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(h|ms|m|s)");
  private static final Pattern DURATION = Pattern.compile("(" + PART.pattern() + ")+");

  private GoDuration() {}

  /** The duration, or empty where nothing or no duration is written. */
  public static Optional<Duration> read(@Nullable String written) {
    if (written == null || !DURATION.matcher(written).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(written);
    while (part.find()) {
      sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
    }
    return Optional.of(sum);
  }

  private static Duration of(long number, @Nullable String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      case "ms" -> Duration.ofMillis(number);
      case null, default -> Duration.ofSeconds(number);
    };
  }
}
