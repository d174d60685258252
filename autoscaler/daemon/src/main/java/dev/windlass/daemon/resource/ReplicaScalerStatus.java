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
 * @param currentReplicas what the target was asked for last
 * @param desiredReplicas what was decided last
 * @param lastScaleTime when it last changed its target, RFC 3339
 * @param rememberedAt up to when the three lists are complete, RFC 3339
 * @param recommendations proposals before stabilization, newest last
 * @param scaleEvents changes of the target's size, newest last
 * @param outages metrics without an answer
 * @param prediction what the prediction knows
 * @param conditions as a HorizontalPodAutoscaler's: AbleToScale, ScalingActive, ScalingLimited,
 *     CapacityLimited, ScaledToZero; and {@code Accepted}: whether the spec is valid
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReplicaScalerStatus(
    @Nullable Long observedGeneration,
    @Nullable Integer currentReplicas,
    @Nullable Integer desiredReplicas,
    @JsonPropertyDescription("RFC 3339.") @Nullable String lastScaleTime,
    @JsonPropertyDescription("Up to when the lists are complete, RFC 3339.")
        @Nullable String rememberedAt,
    List<Recommendation> recommendations,
    List<ScaleEvent> scaleEvents,
    List<Outage> outages,
    @Nullable Foresight prediction,
    List<Condition> conditions) {
  /** Nothing known yet. */
  public static final ReplicaScalerStatus EMPTY =
      new ReplicaScalerStatus(
          null, null, null, null, null, List.of(), List.of(), List.of(), null, List.of());

  public ReplicaScalerStatus {
    recommendations = Absent.toEmpty(recommendations);
    scaleEvents = Absent.toEmpty(scaleEvents);
    outages = Absent.toEmpty(outages);
    conditions = Absent.toEmpty(conditions);
  }

  /** A proposal before stabilization. */
  public record Recommendation(@JsonPropertyDescription("RFC 3339.") String at, int replicas) {}

  /** A change of size, or several in one direction; negative on the way down. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScaleEvent(
      @JsonPropertyDescription("RFC 3339.") String at,
      int change,
      @JsonPropertyDescription("The first of several, RFC 3339; at when absent.")
          @Nullable String since) {}

  /** What the prediction knows. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Foresight(
      @JsonPropertyDescription("When the first step of the demand began, RFC 3339.") String start,
      @JsonPropertyDescription("How long each step is, in seconds.") int stepSeconds,
      @JsonPropertyDescription(
              "The highest demand of each step, in replicas: differences as zigzag varints, base64.")
          String demand,
      @JsonPropertyDescription("What it would have done on that demand.")
          @Nullable Replayed backtest) {}

  /** A backtest. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Replayed(
      @JsonPropertyDescription("Trend, Season or Both.") String model,
      @JsonPropertyDescription("How far ahead it looked, in seconds.") long horizonSeconds,
      @JsonPropertyDescription("How many steps were compared.") int steps,
      @JsonPropertyDescription("Replica-hours missing without it.") double reactiveShortfallHours,
      @JsonPropertyDescription("Replica-hours missing with it.") double predictedShortfallHours,
      @JsonPropertyDescription("What it would have cost, in percent of the replica-hours.")
          double extraPercent) {}

  /** A metric without an answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Outage(
      @JsonPropertyDescription("Its place in spec.metrics, from 0.") int metric,
      @JsonPropertyDescription("RFC 3339.") String since,
      @JsonPropertyDescription("The size then.") int replicas,
      @JsonPropertyDescription("When it last had an answer, RFC 3339.") @Nullable String lastAt,
      @JsonPropertyDescription("What it then asked for.") @Nullable Integer lastReplicas) {}
}
