package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a ReplicaScaler; its lists are the scaler's memory across a restart.
 *
 * @param observedGeneration the spec that was read last
 * @param currentReplicas what the target was asked for when it was last read
 * @param desiredReplicas what was decided last
 * @param lastScaleTime when it last changed its target, RFC 3339
 * @param recommendations proposals before stabilization, newest last
 * @param scaleEvents changes of the target's size, newest last
 * @param conditions as a HorizontalPodAutoscaler's: AbleToScale, ScalingActive, ScalingLimited,
 *     ScaledToZero; and {@code Accepted}: whether the spec is valid
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReplicaScalerStatus(
    @Nullable Long observedGeneration,
    @Nullable Integer currentReplicas,
    @Nullable Integer desiredReplicas,
    @JsonPropertyDescription("RFC 3339.") @Nullable String lastScaleTime,
    List<Recommendation> recommendations,
    List<ScaleEvent> scaleEvents,
    List<Condition> conditions) {
  /** Nothing known yet. */
  public static final ReplicaScalerStatus EMPTY =
      new ReplicaScalerStatus(null, null, null, null, List.of(), List.of(), List.of());

  public ReplicaScalerStatus {
    recommendations = Absent.toEmpty(recommendations);
    scaleEvents = Absent.toEmpty(scaleEvents);
    conditions = Absent.toEmpty(conditions);
  }

  /** A proposal before stabilization. */
  public record Recommendation(@JsonPropertyDescription("RFC 3339.") String at, int replicas) {}

  /** A change of size, negative on the way down. */
  public record ScaleEvent(@JsonPropertyDescription("RFC 3339.") String at, int change) {}
}
