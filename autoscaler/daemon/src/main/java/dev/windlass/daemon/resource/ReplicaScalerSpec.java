package dev.windlass.daemon.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
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
    @JsonPropertyDescription("Never fewer replicas; 1 when absent, 0 is allowed.")
        @Min(0)
        @Default("1")
        @Nullable Integer minReplicas,
    @JsonPropertyDescription("Never more replicas.") @Required @Min(1) int maxReplicas,
    @JsonPropertyDescription("What is followed; cpu at 80 % of requests when empty.")
        @Size(max = 32)
        List<ReplicaMetric> metrics,
    @JsonPropertyDescription("How fast it moves.") @Nullable Behavior behavior,
    @JsonPropertyDescription(
            "strict keeps known hazards of the HorizontalPodAutoscaler as they are.")
        @Default("default")
        @Nullable Compatibility compatibility,
    @JsonPropertyDescription(
            "What counts when a metric that is no resource has had no answer for long.")
        @Nullable Fallback fallback,
    @JsonPropertyDescription(
            "How long after its start a pod's cpu is not trusted; the Configuration's when absent.")
        @Pattern(Texts.DURATION)
        @Nullable String warmUp,
    @JsonPropertyDescription("How often its metrics are asked, 1s or more.")
        @Pattern(Texts.DURATION)
        @Nullable String tick,
    @JsonPropertyDescription("When the limits on growth do not count; never when absent.")
        @Nullable Panic panic,
    @JsonPropertyDescription("Ask for what the load will need when new replicas serve.")
        @Nullable LookAhead prediction,
    @JsonPropertyDescription("Say what would be done, but do nothing.") @Default("false")
        boolean paused,
    @JsonPropertyDescription("Why it is paused, in your words.") @Size(max = 256)
        @Nullable String pausedReason,
    @JsonPropertyDescription("When the pause ends by itself, RFC 3339; never when absent.")
        @Nullable String pausedUntil) {
  public ReplicaScalerSpec {
    metrics = Absent.toEmpty(metrics);
  }

  /** An object of the scaler's namespace. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ObjectReference(
      @JsonPropertyDescription("For instance apps/v1.") @Nullable String apiVersion,
      @Required @Size(min = 1) String kind,
      @Required @Size(min = 1) String name) {}

  /** Ask for what the load will need when new replicas serve; it never lowers the answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LookAhead(
      @JsonPropertyDescription(
              "Observe shows in status what it would have done; Act lets it count.")
          @Required
          PredictionMode mode,
      @JsonPropertyDescription("After which period the load repeats; Day when absent.")
          @Default("Day")
          @Nullable PredictionSeason season,
      @JsonPropertyDescription(
              "How many more replica-hours it may have cost on the scaler's own history; 5 when"
                  + " absent.")
          @Min(0)
          @Max(100)
          @Default("5")
          @Nullable Integer maxExtraPercent) {}

  /** Whether a prediction counts. */
  public enum PredictionMode {
    Observe,
    Act
  }

  /** After which period the load repeats. */
  public enum PredictionSeason {
    Day,
    Week
  }

  /** When the limits on growth do not count. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Panic(
      @JsonPropertyDescription(
              "The share of its size that is asked for throughout the window; 200 when absent.")
          @Min(101)
          @Default("200")
          @Nullable Integer percent,
      @JsonPropertyDescription("6s when absent.") @Default("6s") @Pattern(Texts.DURATION)
          @Nullable String window) {}

  /** What counts when a metric has had no answer for long, and for some kinds of failure. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Fallback(
      @JsonPropertyDescription("For how long it must have had none.")
          @Required
          @Pattern(Texts.DURATION)
          String after,
      @JsonPropertyDescription("Static, CurrentReplicasIfHigher and …IfLower need them.") @Min(0)
          @Nullable Integer replicas,
      @JsonPropertyDescription("What counts; Static when absent.")
          @Nullable FallbackBehavior behavior,
      @JsonPropertyDescription("Proportional: of the size when the answers ended.") @Min(0)
          @Nullable Integer percent,
      @JsonPropertyDescription("LastValue: how long it counts.") @Pattern(Texts.DURATION)
          @Nullable String timeToLive,
      @JsonPropertyDescription("Instead, when the value is none: NaN, infinite, negative.")
          @Nullable FallbackRule value,
      @JsonPropertyDescription("Instead, when the source answers that there is nothing.")
          @Nullable FallbackRule empty,
      @JsonPropertyDescription("Instead, when the source does not answer.")
          @Nullable FallbackRule error) {}

  /** What counts after one kind of failure; the fields are those of the fallback. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FallbackRule(
      @Required @Pattern(Texts.DURATION) String after,
      @Min(0) @Nullable Integer replicas,
      @Nullable FallbackBehavior behavior,
      @Min(0) @Nullable Integer percent,
      @Pattern(Texts.DURATION) @Nullable String timeToLive) {}

  /** What counts while a metric has no answer. */
  public enum FallbackBehavior {
    Static,
    CurrentReplicasIfHigher,
    CurrentReplicasIfLower,
    Hold,
    LastValue,
    Proportional
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
      @JsonPropertyDescription("Which of several policies counts; Max when absent.") @Default("Max")
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
