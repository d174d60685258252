package dev.windlass.daemon.resource;

import dev.windlass.core.model.CronExpression;
import dev.windlass.core.model.Prediction;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.ScalingExtras.Pace;
import dev.windlass.core.model.ScalingExtras.Panic;
import dev.windlass.core.model.ScalingExtras.Pause;
import dev.windlass.core.model.ScalingExtras.Schedule;
import dev.windlass.daemon.resource.ReplicaMetric.ScheduleSource;
import dev.windlass.daemon.resource.ReplicaScalerSpec.LookAhead;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a ReplicaScaler has beyond a HorizontalPodAutoscaler: schedules, warm-up, pace, pause. */
final class ExtrasMapping {
  private static final Duration SHORTEST_TICK = Duration.ofSeconds(1);
  private static final int USUAL_PANIC_PERCENT = 200;
  private static final Duration USUAL_PANIC_WINDOW = Duration.ofSeconds(6);

  private ExtrasMapping() {}

  static ScalingExtras parse(ReplicaScalerSpec spec, Findings findings) {
    List<Schedule> schedules = new ArrayList<>();
    for (int i = 0; i < spec.metrics().size(); i++) {
      ReplicaMetric metric = spec.metrics().get(i);
      if (metric.type() == ReplicaMetric.Type.Schedule) {
        String field = "spec.metrics[" + i + "].schedule";
        schedule(metric.schedule(), spec.maxReplicas(), field, findings).ifPresent(schedules::add);
      }
    }
    @Nullable Duration warmUp = NodeGroupMapping.duration(spec.warmUp(), "spec.warmUp", findings);
    return new ScalingExtras(
        schedules,
        FallbackMapping.parse(spec.fallback(), findings),
        warmUp,
        pace(spec, findings),
        pause(spec, findings),
        prediction(spec.prediction(), findings));
  }

  private static @Nullable Prediction prediction(@Nullable LookAhead given, Findings findings) {
    if (given == null) {
      return null;
    }
    int extra =
        given.maxExtraPercent() == null ? Prediction.USUAL_EXTRA_PERCENT : given.maxExtraPercent();
    boolean valid =
        findings.require(
            extra >= 0 && extra <= 100, "spec.prediction.maxExtraPercent", extra, "0 to 100");
    boolean acts = given.mode() == ReplicaScalerSpec.PredictionMode.Act;
    boolean weekly = given.season() == ReplicaScalerSpec.PredictionSeason.Week;
    return valid
        ? new Prediction(
            acts ? Prediction.Mode.ACT : Prediction.Mode.OBSERVE,
            weekly ? Prediction.Season.WEEK : Prediction.Season.DAY,
            extra)
        : null;
  }

  private static Optional<Schedule> schedule(
      @Nullable ScheduleSource source, int max, String field, Findings findings) {
    if (source == null) {
      findings.missing(field, "what the metric's type names");
      return Optional.empty();
    }
    findings.require(
        source.replicas() >= 0 && source.replicas() <= max,
        field + ".replicas",
        source.replicas(),
        "0 or more and at most spec.maxReplicas, which is " + max);
    Optional<CronExpression> start = line(source.start(), field + ".start", findings);
    Optional<CronExpression> end = line(source.end(), field + ".end", findings);
    ZoneId zone = zone(source.timeZone(), field + ".timeZone", findings);
    return start.isPresent() && end.isPresent() && source.replicas() >= 0
        ? Optional.of(new Schedule(source.name(), zone, start.get(), end.get(), source.replicas()))
        : Optional.empty();
  }

  private static Optional<CronExpression> line(
      @Nullable String text, String field, Findings findings) {
    Optional<CronExpression> line = text == null ? Optional.empty() : CronExpression.parse(text);
    if (line.isEmpty()) {
      findings.add(field, text, "a crontab line of five fields, for instance 0 8 * * 1-5");
    }
    return line;
  }

  private static ZoneId zone(@Nullable String name, String field, Findings findings) {
    if (name == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      findings.add(field, name, "a time zone, for instance Europe/Rome");
      return ZoneOffset.UTC;
    }
  }

  private static Pace pace(ReplicaScalerSpec spec, Findings findings) {
    @Nullable Duration tick = NodeGroupMapping.duration(spec.tick(), "spec.tick", findings);
    boolean longEnough =
        tick == null
            || findings.require(
                tick.compareTo(SHORTEST_TICK) >= 0, "spec.tick", tick, "1s or more");
    return new Pace(longEnough ? tick : null, panic(spec.panic(), findings));
  }

  private static @Nullable Panic panic(ReplicaScalerSpec.@Nullable Panic given, Findings findings) {
    if (given == null) {
      return null;
    }
    int percent = given.percent() == null ? USUAL_PANIC_PERCENT : given.percent();
    boolean valid = findings.require(percent > 100, "spec.panic.percent", percent, "more than 100");
    @Nullable Duration window =
        given.window() == null
            ? USUAL_PANIC_WINDOW
            : NodeGroupMapping.duration(given.window(), "spec.panic.window", findings);
    return window == null || !valid ? null : new Panic(percent, window);
  }

  private static Pause pause(ReplicaScalerSpec spec, Findings findings) {
    @Nullable Instant until = KubernetesSyntax.time(spec.pausedUntil()).orElse(null);
    if (spec.pausedUntil() != null && until == null) {
      findings.add(
          "spec.pausedUntil", spec.pausedUntil(), "a time, for instance 2026-01-31T18:00:00Z");
    }
    return new Pause(spec.pausedReason() == null ? "" : spec.pausedReason(), until);
  }
}
