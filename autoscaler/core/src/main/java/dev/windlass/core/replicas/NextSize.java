package dev.windlass.core.replicas;

import dev.windlass.core.model.ReplicaScaler.Bounds;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingExtras.Panic;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the target goes towards the size that its metrics ask for: stabilization first, then the
 * rate, then the bounds.
 *
 * @param replicas the size that is left
 * @param stabilizedBy which kind of stabilization changed it, or the panic; or null
 * @param limitedBy which limit changed it, or {@code DesiredWithinRange}
 * @param recommendations the proposals to remember
 */
record NextSize(
    int replicas,
    @Nullable ReplicaReason stabilizedBy,
    ReplicaReason limitedBy,
    List<Recommendation> recommendations) {
  NextSize {
    recommendations = List.copyOf(recommendations);
  }

  static NextSize of(int current, int wanted, Bounds bounds, Rules rules) {
    Stabilization stabilization = rules.stabilization();
    List<Recommendation> recent = rules.history().recommendations();
    List<Recommendation> remembered =
        stabilization.remember(recent, new Recommendation(rules.now(), wanted));
    int stable = stabilization.apply(current, wanted, recent, rules.now());
    SizeLimits limits = rules.limits(bounds, current);
    int urgent = Math.min(rules.urgent(current, wanted), bounds.max());
    if (urgent > limits.apply(stable)) {
      ReplicaReason limitedBy =
          wanted > bounds.max()
              ? ReplicaReason.TOO_MANY_REPLICAS
              : ReplicaReason.DESIRED_WITHIN_RANGE;
      return new NextSize(urgent, ReplicaReason.PANIC, limitedBy, remembered);
    }
    return new NextSize(
        limits.apply(stable),
        stable == wanted ? null : rules.stabilizationReason(current, wanted),
        limits.reason(stable),
        remembered);
  }

  /** The rule that had the last word, or null where the target gets what it asks for. */
  @Nullable ReplicaReason binding() {
    return limitedBy == ReplicaReason.DESIRED_WITHIN_RANGE ? stabilizedBy : limitedBy;
  }

  /**
   * What the way to the next size depends on.
   *
   * @param behavior the scaler's behavior, or null for the rules that hold without one
   * @param stabilization how recent proposals hold a new one back
   * @param panic when that does not count, nor the rate; or null for never
   * @param mayGrow whether, without a behavior, the period since the last change is over
   * @param history what it remembers
   * @param now the decision's time
   */
  record Rules(
      @Nullable ScalingBehavior behavior,
      Stabilization stabilization,
      @Nullable Panic panic,
      boolean mayGrow,
      ScalerHistory history,
      Instant now) {
    /** The size that a panic calls for at once; 0 without one. */
    private int urgent(int current, int wanted) {
      if (panic == null) {
        return 0;
      }
      int lowest = stabilization.lowestInPanicWindow(wanted, history.recommendations(), now);
      return 100L * lowest >= (long) panic.percent() * Math.max(1, current) ? lowest : 0;
    }

    private SizeLimits limits(Bounds bounds, int current) {
      return behavior == null
          ? SizeLimits.doubling(bounds, current, mayGrow)
          : SizeLimits.of(bounds, new RateLimits(behavior, history.events(), now), current);
    }

    private ReplicaReason stabilizationReason(int current, int wanted) {
      return behavior != null && wanted >= current
          ? ReplicaReason.SCALE_UP_STABILIZED
          : ReplicaReason.SCALE_DOWN_STABILIZED;
    }
  }
}
