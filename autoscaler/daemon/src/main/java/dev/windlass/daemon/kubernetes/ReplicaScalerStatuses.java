package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.daemon.kubernetes.StatusConditions.Wanted;
import dev.windlass.daemon.resource.ReplicaScalerResource;
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
import org.jspecify.annotations.Nullable;

/**
 * What the daemon writes into the status of a ReplicaScaler. Its memory is written when it says
 * something else than what is there, and once a minute besides, not with each tick.
 */
final class ReplicaScalerStatuses {
  private static final Duration MEMORY_INTERVAL = Duration.ofMinutes(1);
  private static final String SCALED_TO_ZERO = "ScaledToZero";

  private ReplicaScalerStatuses() {}

  /** The fields of the status that are to be patched; empty when all are so already. */
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
    boolean same =
        StatusConditions.same(status.conditions(), conditions)
            && Objects.equals(status.observedGeneration(), generation)
            && (decision == null
                || (sameSizes(status, decision) && remembers(status, decision, now)));
    if (same) {
      return Optional.empty();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (generation != null) {
      fields.put("observedGeneration", generation);
    }
    if (decision != null) {
      fields.putAll(decided(decision));
    }
    fields.put("conditions", StatusConditions.written(conditions));
    return Optional.of(fields);
  }

  private static Map<String, @Nullable Object> decided(ReplicaDecision decision) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("currentReplicas", decision.size().current());
    fields.put("desiredReplicas", decision.size().desired());
    ScalerHistory history = decision.history();
    fields.put("lastScaleTime", lastScaleTime(history));
    fields.put(
        "recommendations",
        history.recommendations().stream()
            .map(each -> Map.of("at", each.at().toString(), "replicas", each.replicas()))
            .toList());
    fields.put(
        "scaleEvents",
        history.events().stream()
            .map(each -> Map.of("at", each.at().toString(), "change", each.change()))
            .toList());
    return fields;
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

  private static boolean sameSizes(ReplicaScalerStatus status, ReplicaDecision decision) {
    return Objects.equals(status.currentReplicas(), decision.size().current())
        && Objects.equals(status.desiredReplicas(), decision.size().desired());
  }

  /** Whether the memory that is written would lead to the same decisions. */
  private static boolean remembers(
      ReplicaScalerStatus status, ReplicaDecision decision, Instant now) {
    ScalerHistory history = decision.history();
    boolean sameEvents =
        status.scaleEvents().size() == history.events().size()
            && Objects.equals(status.lastScaleTime(), lastScaleTime(history));
    return sameEvents && sameWindows(status, history, now);
  }

  /**
   * Whether both windows, that for growing and that for shrinking, give the same bounds. What is
   * written is renewed while it is younger than any window would forget it.
   */
  private static boolean sameWindows(
      ReplicaScalerStatus status, ScalerHistory history, Instant now) {
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
        && written.getMin() == remembered.getMin()
        && isYoung(status.recommendations().getLast().at(), now);
  }

  /** A time that can't be read is as good as none. */
  private static boolean isYoung(String at, Instant now) {
    try {
      return Instant.parse(at).plus(MEMORY_INTERVAL).isAfter(now);
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  /** Null where nothing is remembered, which in a merge patch removes what is there. */
  private static @Nullable String lastScaleTime(ScalerHistory history) {
    return history.lastScaleAt() == null ? null : history.lastScaleAt().toString();
  }
}
