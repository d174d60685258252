package dev.windlass.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What counts when a metric of pods, of an object or from outside has no answer, by the kind of
 * failure; null where the target keeps its size.
 *
 * @param value the source gives a value that none can be: not a number, infinite, negative
 * @param empty the source answers that there is nothing
 * @param error the source does not answer, or not what can be understood
 */
public record Fallbacks(
    @Nullable Fallback value, @Nullable Fallback empty, @Nullable Fallback error) {
  /** The target keeps its size. */
  public static final Fallbacks NONE = new Fallbacks(null, null, null);

  /** The same for every kind of failure. */
  public static Fallbacks all(@Nullable Fallback fallback) {
    return new Fallbacks(fallback, fallback, fallback);
  }

  /** What counts after this kind of failure, or null. */
  public @Nullable Fallback of(MetricReading.Cause cause) {
    return switch (cause) {
      case VALUE -> value;
      case EMPTY -> empty;
      case ERROR -> error;
    };
  }

  /** Whether what a metric asked for last may count later. */
  public boolean needLastValue() {
    return needsLastValue(value) || needsLastValue(empty) || needsLastValue(error);
  }

  private static boolean needsLastValue(@Nullable Fallback fallback) {
    return fallback != null && fallback.kind() == Fallback.Kind.LAST_VALUE;
  }
}
