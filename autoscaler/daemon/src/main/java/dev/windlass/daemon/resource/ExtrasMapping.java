package dev.windlass.daemon.resource;

import dev.windlass.core.model.CronExpression;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.ScalingExtras.Fallback;
import dev.windlass.core.model.ScalingExtras.Schedule;
import dev.windlass.daemon.resource.ReplicaMetric.ScheduleSource;
import dev.windlass.daemon.resource.ReplicaScalerSpec.FallbackBehavior;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a ReplicaScaler has beyond a HorizontalPodAutoscaler: schedules, fallback, warm-up. */
final class ExtrasMapping {
  private ExtrasMapping() {}

  static ScalingExtras parse(ReplicaScalerSpec spec, Findings findings) {
    List<Schedule> schedules = new ArrayList<>();
    for (int i = 0; i < spec.metrics().size(); i++) {
      ReplicaMetric metric = spec.metrics().get(i);
      if (metric.type() == ReplicaMetric.Type.Schedule) {
        String field = "spec.metrics[" + i + "].schedule";
        schedule(metric.schedule(), spec.maxReplicas(), field, findings)
            .ifPresent(schedules::add);
      }
    }
    @Nullable Duration warmUp =
        NodeGroupMapping.duration(spec.warmUp(), "spec.warmUp", findings);
    return new ScalingExtras(schedules, fallback(spec.fallback(), findings), warmUp);
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
        ? Optional.of(
            new Schedule(source.name(), zone, start.get(), end.get(), source.replicas()))
        : Optional.empty();
  }

  private static Optional<CronExpression> line(
      @Nullable String text, String field, Findings findings) {
    Optional<CronExpression> line =
        text == null ? Optional.empty() : CronExpression.parse(text);
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

  private static @Nullable Fallback fallback(
      ReplicaScalerSpec.@Nullable Fallback fallback, Findings findings) {
    if (fallback == null) {
      return null;
    }
    @Nullable Duration after =
        NodeGroupMapping.duration(fallback.after(), "spec.fallback.after", findings);
    boolean valid =
        findings.require(
            fallback.replicas() >= 0,
            "spec.fallback.replicas",
            fallback.replicas(),
            "0 or more");
    return after == null || !valid
        ? null
        : new Fallback(after, fallback.replicas(), kind(fallback.behavior()));
  }

  private static Fallback.Kind kind(@Nullable FallbackBehavior behavior) {
    return switch (behavior) {
      case null -> Fallback.Kind.STATIC;
      case Static -> Fallback.Kind.STATIC;
      case CurrentReplicasIfHigher -> Fallback.Kind.CURRENT_IF_HIGHER;
      case CurrentReplicasIfLower -> Fallback.Kind.CURRENT_IF_LOWER;
    };
  }
}
