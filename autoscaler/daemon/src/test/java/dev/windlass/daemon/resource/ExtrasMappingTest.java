package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CronExpression;
import dev.windlass.core.model.Fallback;
import dev.windlass.core.model.Fallbacks;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScalingExtras;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules, fallbacks, pace and pause of a ReplicaScaler. */
class ExtrasMappingTest {
  private static final String BASE =
      """
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 10
      """;

  @Test
  void schedulesFallbackAndWarmUpAreExtras() {
    ReplicaScaler scaler =
        Yaml.ok(
            parse(
                BASE
                    + """
                    minReplicas: 0
                    metrics:
                      - type: Schedule
                        schedule:
                          name: day
                          timeZone: Europe/Rome
                          start: 0 8 * * 1-5
                          end: 0 19 * * 1-5
                          replicas: 4
                    fallback: {after: 3m, replicas: 6, behavior: CurrentReplicasIfHigher}
                    warmUp: 2m
                    """));
    assertThat(scaler.metrics()).isEmpty();
    assertThat(scaler.bounds().min()).isZero();
    assertThat(scaler.settings().extras())
        .isEqualTo(
            new ScalingExtras(
                List.of(
                    new ScalingExtras.Schedule(
                        "day",
                        ZoneId.of("Europe/Rome"),
                        CronExpression.parse("0 8 * * 1-5").orElseThrow(),
                        CronExpression.parse("0 19 * * 1-5").orElseThrow(),
                        4)),
                Fallbacks.all(
                    new Fallback(Duration.ofMinutes(3), 6, Fallback.Kind.CURRENT_IF_HIGHER)),
                Duration.ofMinutes(2)));
  }

  @Test
  void eachKindOfFailureMayHaveAFallbackOfItsOwn() {
    ReplicaScaler scaler =
        Yaml.ok(
            parse(
                BASE
                    + """
                    fallback:
                      after: 3m
                      behavior: Proportional
                      percent: 150
                      empty: {after: 0s, replicas: 1}
                      error: {after: 0s, behavior: LastValue, timeToLive: 10m}
                      value: {after: 1m, behavior: Hold}
                    """));
    assertThat(scaler.settings().extras().fallbacks())
        .isEqualTo(
            new Fallbacks(
                new Fallback(Duration.ofMinutes(1), 0, Fallback.Kind.HOLD),
                new Fallback(Duration.ZERO, 1, Fallback.Kind.STATIC),
                new Fallback(Duration.ZERO, 0, Fallback.Kind.LAST_VALUE, Duration.ofMinutes(10))));
  }

  @Test
  void paceAndPauseAreRead() {
    ReplicaScaler scaler =
        Yaml.ok(
            parse(
                BASE
                    + """
                    tick: 2s
                    panic: {percent: 300, window: 10s}
                    paused: true
                    pausedReason: migration
                    pausedUntil: "2026-01-01T12:00:00Z"
                    """));
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    assertThat(scaler.settings().extras().pace())
        .isEqualTo(
            new ScalingExtras.Pace(
                Duration.ofSeconds(2), new ScalingExtras.Panic(300, Duration.ofSeconds(10))));
    assertThat(scaler.settings().extras().pause())
        .isEqualTo(new ScalingExtras.Pause("migration", noon));
    assertThat(scaler.settings().pausedAt(noon.minusMillis(1))).isTrue();
    assertThat(scaler.settings().pausedAt(noon)).isFalse();
  }

  private static Parsed<ReplicaScaler> parse(String spec) {
    return Yaml.read(
            ReplicaScalerResource.class,
            "metadata: {name: web, namespace: shop}\nspec:\n" + spec.indent(2))
        .then(ReplicaScalerMapping::parse);
  }
}
