package dev.windlass.core.replicas;

import dev.windlass.core.model.ReplicaScaler.Bounds;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalingBehavior;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the target goes towards the size that its metrics ask for: stabilization first, then the
 * rate, then the bounds.
 *
 * @param replicas the size that is left
 * @param stabilizedBy which kind of stabilization changed it, or null
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
    int stable = stabilization.apply(current, wanted, recent, rules.now());
    SizeLimits limits = rules.limits(bounds, current);
    return new NextSize(
        limits.apply(stable),
        stable == wanted ? null : rules.stabilizationReason(current, wanted),
        limits.reason(stable),
        stabilization.remember(recent, new Recommendation(rules.now(), wanted)));
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
   * @param mayGrow whether, without a behavior, the period since the last change is over
   * @param history what it remembers
   * @param now the decision's time
   */
  record Rules(
      @Nullable ScalingBehavior behavior,
      Stabilization stabilization,
      boolean mayGrow,
      ScalerHistory history,
      Instant now) {
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
