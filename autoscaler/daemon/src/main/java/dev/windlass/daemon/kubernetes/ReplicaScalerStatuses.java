package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.daemon.kubernetes.StatusConditions.Wanted;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ReplicaScalerStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
        StatusConditions.merge(status.conditions(), wanted(decision, problem), generation, now);
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

  private static Map<String, Object> decided(ReplicaDecision decision) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("currentReplicas", decision.size().current());
    fields.put("desiredReplicas", decision.size().desired());
    ScalerHistory history = decision.history();
    if (history.lastScaleAt() != null) {
      fields.put("lastScaleTime", history.lastScaleAt().toString());
    }
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

  private static List<Wanted> wanted(@Nullable ReplicaDecision decision, String problem) {
    List<Wanted> wanted = new ArrayList<>();
    wanted.add(Wanted.accepted(problem));
    if (decision == null) {
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
            && Objects.equals(
                status.lastScaleTime(),
                history.lastScaleAt() == null ? null : history.lastScaleAt().toString());
    if (history.recommendations().isEmpty() || status.recommendations().isEmpty()) {
      return sameEvents
          && history.recommendations().isEmpty() == status.recommendations().isEmpty();
    }
    Instant written = Instant.parse(status.recommendations().getLast().at());
    return sameEvents
        && highest(status) == highest(history)
        && written.plus(MEMORY_INTERVAL).isAfter(now);
  }

  private static int highest(ReplicaScalerStatus status) {
    return status.recommendations().stream().mapToInt(each -> each.replicas()).max().orElse(0);
  }

  private static int highest(ScalerHistory history) {
    return history.recommendations().stream().mapToInt(each -> each.replicas()).max().orElse(0);
  }
}
