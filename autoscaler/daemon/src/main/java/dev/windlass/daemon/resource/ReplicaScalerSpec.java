package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a ReplicaScaler: the fields of a HorizontalPodAutoscaler ({@code autoscaling/v2})
 * under the same names, and a few of our own.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.minReplicas) || self.minReplicas <= self.maxReplicas",
    message = "minReplicas must not be larger than maxReplicas")
@ValidationRule(
    value =
        "!has(self.minReplicas) || self.minReplicas > 0 || (has(self.metrics)"
            + " && self.metrics.exists(m, m.type == 'Object' || m.type == 'External'"
            + " || m.type == 'Prometheus' || m.type == 'Schedule'))",
    message =
        "minReplicas 0 needs an Object, External, Prometheus or Schedule metric, which can wake the"
            + " target")
public record ReplicaScalerSpec(
    @JsonPropertyDescription("What is scaled, in the same namespace.") @Required
        ObjectReference scaleTargetRef,
    @JsonPropertyDescription("Never fewer replicas; 1 when absent, 0 is allowed.") @Min(0)
        @Nullable Integer minReplicas,
    @JsonPropertyDescription("Never more replicas.") @Required @Min(1) int maxReplicas,
    @JsonPropertyDescription("What is followed; cpu at 80 % of requests when empty.")
        @Size(max = 32)
        List<ReplicaMetric> metrics,
    @JsonPropertyDescription("How fast it moves.") @Nullable Behavior behavior,
    @JsonPropertyDescription(
            "strict keeps known hazards of the HorizontalPodAutoscaler as they are.")
        @Nullable Compatibility compatibility,
    @JsonPropertyDescription(
            "What counts when a Pods, Object or External metric has had no answer for long.")
        @Nullable Fallback fallback,
    @JsonPropertyDescription(
            "How long after its start a pod's cpu is not trusted; the Configuration's when absent.")
        @Pattern(Texts.DURATION)
        @Nullable String warmUp,
    @JsonPropertyDescription("Say what would be done, but do nothing.") boolean paused) {
  public ReplicaScalerSpec {
    metrics = Absent.toEmpty(metrics);
  }

  /** An object of the scaler's namespace. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ObjectReference(
      @JsonPropertyDescription("For instance apps/v1.") @Nullable String apiVersion,
      @Required @Size(min = 1) String kind,
      @Required @Size(min = 1) String name) {}

  /** What counts when a metric has had no answer for long. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fallback(
      @JsonPropertyDescription("For how long it must have had none.")
          @Required
          @Pattern(Texts.DURATION)
          String after,
      @Required @Min(0) int replicas,
      @JsonPropertyDescription("How that is joined with the current size; Static when absent.")
          @Nullable FallbackBehavior behavior) {}

  /** How a fallback is joined with the current size. */
  public enum FallbackBehavior {
    Static,
    CurrentReplicasIfHigher,
    CurrentReplicasIfLower
  }

  /** Whose semantics count where they are a hazard. */
  public enum Compatibility {
    @com.fasterxml.jackson.annotation.JsonProperty("default")
    DEFAULT,
    @com.fasterxml.jackson.annotation.JsonProperty("strict")
    STRICT
  }

  /** How fast it moves in each direction. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Behavior(@Nullable ScalingRules scaleUp, @Nullable ScalingRules scaleDown) {}

  /** How fast it moves in one direction. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScalingRules(
      @Min(0) @Max(3600) @Nullable Integer stabilizationWindowSeconds,
      @JsonPropertyDescription("Which of several policies counts; Max when absent.")
          @Nullable SelectPolicy selectPolicy,
      @Nullable List<ScalingPolicy> policies,
      @JsonPropertyDescription("How far from one the ratio may be without a change.")
          @Nullable Quantity tolerance) {}

  /** Which of several policies counts. */
  public enum SelectPolicy {
    Max,
    Min,
    Disabled
  }

  /** At most this change in this period. */
  public record ScalingPolicy(
      @Required PolicyType type,
      @Required @Min(1) int value,
      @Required @Min(1) @Max(1800) int periodSeconds) {}

  /** Unit of a policy's value. */
  public enum PolicyType {
    Pods,
    Percent
  }
}
