package dev.windlass.daemon.cloud;

import dev.windlass.provider.spi.CloudOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * How long calls of the clouds take, and what comes of them: {@code windlass.cloud.calls}, by
 * provider, call and outcome.
 */
final class CallTimes {
  private static final String NAME = "windlass.cloud.calls";

  private final MeterRegistry registry;
  private final String provider;

  CallTimes(MeterRegistry registry, String provider) {
    this.registry = registry;
    this.provider = provider;
  }

  /** Notes one call that has ended. */
  <T> void ended(String call, CloudOutcome<T> outcome, Duration took) {
    String word =
        switch (outcome) {
          case CloudOutcome.Done<T> _ -> "done";
          case CloudOutcome.Conflict<T> _ -> "conflict";
          case CloudOutcome.Failed<T> failed ->
              failed.failure().cause().name().toLowerCase(Locale.ROOT);
          case CloudOutcome.Unknown<T> _ -> "unknown";
        };
    Timer.builder(NAME)
        .tag("provider", provider)
        .tag("call", call)
        .tag("outcome", word)
        .register(registry)
        .record(took);
  }
}
