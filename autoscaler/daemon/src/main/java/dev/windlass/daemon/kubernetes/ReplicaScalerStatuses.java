package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.daemon.kubernetes.StatusConditions.Wanted;
import dev.windlass.daemon.resource.ForesightMapping;
import dev.windlass.daemon.resource.HistoryMapping;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ReplicaScalerSpec;
import dev.windlass.daemon.resource.ReplicaScalerStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon writes into the status of a ReplicaScaler: with a change of size, when the
 * proposal that dominates a window is another one, when a condition holds or no longer holds; at
 * most once a minute, but for what a person has changed and for a target brought to or from zero,
 * whose scaler would not wake it after a restart.
 */
final class ReplicaScalerStatuses {
  private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(1);
  private static final String SCALED_TO_ZERO = "ScaledToZero";

  private ReplicaScalerStatuses() {}

  /** The fields of the status that are to be patched; empty when none is to be now. */
  static Optional<Map<String, Object>> patch(
      ReplicaScalerResource resource,
      @Nullable ReplicaDecision decision,
      String problem,
      Instant now) {
    @Nullable ReplicaScalerStatus given = resource.getStatus();
    ReplicaScalerStatus status = given == null ? ReplicaScalerStatus.EMPTY : given;
    Long generation = resource.getMetadata().getGeneration();
    List<Condition> conditions =
        StatusConditions.merge(
            status.conditions(), wanted(status, decision, problem), generation, now);
    if (!isUrgent(status, conditions, generation)
        && (!isNews(resource, status, conditions, decision)
            || isYoung(status.rememberedAt(), now))) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (generation != null) {
      fields.put("observedGeneration", generation);
    }
    if (decision != null) {
      fields.put("currentReplicas", decision.size().desired());
      fields.put("desiredReplicas", decision.size().desired());
      fields.put("lastScaleTime", lastScaleTime(decision.history()));
      fields.put("rememberedAt", now.toString());
      fields.putAll(HistoryMapping.written(decision.history()));
    }
    fields.put("conditions", StatusConditions.written(conditions));
    return Optional.of(fields);
  }

  private static boolean isUrgent(
      ReplicaScalerStatus status, List<Condition> conditions, @Nullable Long generation) {
    return !Objects.equals(status.observedGeneration(), generation)
        || !gist(status.conditions(), ReplicaScalerStatuses::isUrgent)
            .equals(gist(conditions, ReplicaScalerStatuses::isUrgent));
  }

  private static boolean isUrgent(Condition condition) {
    return SCALED_TO_ZERO.equals(condition.getType())
        || StatusConditions.ACCEPTED.equals(condition.getType());
  }

  private static boolean isNews(
      ReplicaScalerResource resource,
      ReplicaScalerStatus status,
      List<Condition> conditions,
      @Nullable ReplicaDecision decision) {
    return !gist(status.conditions(), _ -> true).equals(gist(conditions, _ -> true))
        || (decision != null
            && !(sameSizes(status, decision)
                && remembers(status, decision.history(), growthWaits(resource.getSpec()))));
  }

  /** Whether low proposals hold the target back, so that they must be known after a restart. */
  private static boolean growthWaits(@Nullable ReplicaScalerSpec spec) {
    if (spec == null) {
      return false;
    }
    ReplicaScalerSpec.ScalingRules rules =
        spec.behavior() == null ? null : spec.behavior().scaleUp();
    Integer window = rules == null ? null : rules.stabilizationWindowSeconds();
    return spec.panic() != null || (window != null && window > 0);
  }

  /** What is news of conditions: not the words, and of a good one not even the reason. */
  private static List<String> gist(List<Condition> conditions, Predicate<Condition> which) {
    return conditions.stream()
        .filter(which)
        .map(each ->
            each.getType()
                + each.getStatus()
                + (isGood(each) ? "" : String.valueOf(each.getReason())))
        .toList();
  }

  private static boolean isGood(Condition condition) {
    return switch (condition.getType()) {
      case "AbleToScale", "ScalingActive" -> "True".equals(condition.getStatus());
      case "ScalingLimited" -> "False".equals(condition.getStatus());
      default -> false;
    };
  }

  /** A scaler that is not decided on keeps the memory of having brought its target to zero. */
  private static List<Wanted> wanted(
      ReplicaScalerStatus status, @Nullable ReplicaDecision decision, String problem) {
    List<Wanted> wanted = new ArrayList<>();
    wanted.add(Wanted.accepted(problem));
    if (decision == null) {
      status.conditions().stream()
          .filter(each -> SCALED_TO_ZERO.equals(each.getType()))
          .forEach(each ->
              wanted.add(
                  new Wanted(
                      SCALED_TO_ZERO,
                      "True".equals(each.getStatus()),
                      String.valueOf(each.getReason()),
                      String.valueOf(each.getMessage()))));
      return wanted;
    }
    for (ReplicaDecision.Condition each : decision.verdict().conditions()) {
      wanted.add(new Wanted(each.type(), each.status(), each.reason(), each.message()));
    }
    boolean told = wanted.stream().anyMatch(each -> each.type().equals(SCALED_TO_ZERO));
    if (!told && decision.history().scaledToZero()) {
      wanted.add(
          new Wanted(SCALED_TO_ZERO, true, "ScaledToZero", "this scaler brought its target to 0"));
    }
    return wanted;
  }

  /** A change is written when it is decided, so that it is no news when it has happened. */
  private static boolean sameSizes(ReplicaScalerStatus status, ReplicaDecision decision) {
    return Objects.equals(status.currentReplicas(), decision.size().desired())
        && Objects.equals(status.desiredReplicas(), decision.size().desired());
  }

  /** Whether a daemon that starts with what is written decides no worse. */
  private static boolean remembers(
      ReplicaScalerStatus status, ScalerHistory history, boolean growthWaits) {
    return status.scaleEvents().size() == history.events().size()
        && Objects.equals(status.lastScaleTime(), lastScaleTime(history))
        && sameWindows(status, history, growthWaits)
        && sameOutages(status, history)
        && ForesightMapping.isCurrent(status.prediction(), history.foresight());
  }

  /**
   * Whether the same size dominates each window. When it was proposed last is no news: after a
   * start the target's size counts as proposed just then.
   */
  private static boolean sameWindows(
      ReplicaScalerStatus status, ScalerHistory history, boolean growthWaits) {
    if (history.recommendations().isEmpty() || status.recommendations().isEmpty()) {
      return history.recommendations().isEmpty() == status.recommendations().isEmpty();
    }
    IntSummaryStatistics written =
        status.recommendations().stream()
            .mapToInt(ReplicaScalerStatus.Recommendation::replicas)
            .summaryStatistics();
    IntSummaryStatistics remembered =
        history.recommendations().stream()
            .mapToInt(ScalerHistory.Recommendation::replicas)
            .summaryStatistics();
    return written.getMax() == remembered.getMax()
        && (!growthWaits || written.getMin() == remembered.getMin());
  }

  private static boolean sameOutages(ReplicaScalerStatus status, ScalerHistory history) {
    long failing =
        history.metrics().values().stream().filter(each -> each.outage() != null).count();
    return status.outages().size() == failing
        && status.outages().stream()
            .allMatch(each -> {
              ScalerHistory.MetricMemory known = history.metrics().get(each.metric());
              return known != null
                  && known.outage() != null
                  && known.outage().since().toString().equals(each.since());
            });
  }

  /** A time that can't be read is as good as none. */
  private static boolean isYoung(@Nullable String at, Instant now) {
    try {
      return at != null && Instant.parse(at).plus(SHORTEST_INTERVAL).isAfter(now);
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  /** Null where nothing is remembered, which in a merge patch removes what is there. */
  private static @Nullable String lastScaleTime(ScalerHistory history) {
    return history.lastScaleAt() == null ? null : history.lastScaleAt().toString();
  }
}
