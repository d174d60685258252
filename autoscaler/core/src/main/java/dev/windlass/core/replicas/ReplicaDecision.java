package dev.windlass.core.replicas;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.TargetRef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many replicas one scaler's target should have.
 *
 * @param scaler the scaler
 * @param target what it scales
 * @param size current and desired replicas
 * @param metrics each metric's proposal
 * @param verdict what limited it and its conditions
 * @param history what it remembers
 */
public record ReplicaDecision(
    ObjectKey scaler,
    TargetRef target,
    Size size,
    List<MetricProposal> metrics,
    Verdict verdict,
    ScalerHistory history) {
  public ReplicaDecision {
    metrics = List.copyOf(metrics);
  }

  /** Current and desired replicas; equal where it holds. */
  public record Size(int current, int desired) {}

  /**
   * What one metric proposes.
   *
   * @param type {@code Resource}, {@code ContainerResource}, {@code Pods}, {@code Object}, {@code
   *     External}, {@code Prometheus}, {@code PodScrape}, {@code Schedule} or {@code Prediction}
   * @param name the metric's name
   * @param current its value as users read it, or null when there is none
   * @param target what it is held at, as users read it
   * @param proposal the replicas that it asks for; null with an error, unless its fallback counts,
   *     and of a prediction that does not count
   * @param error what is wrong with it: a {@link ReplicaReason}'s title, a colon and a sentence; or
   *     null
   */
  public record MetricProposal(
      String type,
      String name,
      @Nullable String current,
      String target,
      @Nullable Integer proposal,
      @Nullable String error) {}

  /**
   * The outcome in words.
   *
   * @param limitedBy what kept the size from the proposal, the title of a {@link ReplicaReason}, or
   *     null
   * @param reason one sentence: why this size
   * @param conditions the status conditions
   */
  public record Verdict(@Nullable String limitedBy, String reason, List<Condition> conditions) {
    public Verdict {
      conditions = List.copyOf(conditions);
    }

    /** What kept the size from the proposal, as the constant. */
    public Optional<ReplicaReason> limit() {
      return limitedBy == null ? Optional.empty() : ReplicaReason.ofTitle(limitedBy);
    }
  }

  /**
   * A status condition.
   *
   * @param type {@code AbleToScale}, {@code ScalingActive}, {@code ScalingLimited}, {@code
   *     CapacityLimited} or {@code ScaledToZero}
   * @param status whether it holds
   * @param reason the title of a {@link ReplicaReason}
   * @param message one sentence with the numbers
   */
  public record Condition(String type, boolean status, String reason, String message) {}
}
