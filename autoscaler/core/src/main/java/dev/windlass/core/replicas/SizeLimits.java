package dev.windlass.core.replicas;

import dev.windlass.core.model.ReplicaScaler.Bounds;

/**
 * The sizes that the target may have next, and which rule sets each end.
 *
 * @param lowest the fewest replicas
 * @param lowestBy why not fewer
 * @param highest the most replicas
 * @param highestBy why not more
 */
record SizeLimits(int lowest, ReplicaReason lowestBy, int highest, ReplicaReason highestBy) {
  /** From zero, and from one, the target may grow to this without a behavior. */
  private static final int SMALL_STEP = 4;

  /**
   * Without a behavior: at most double, never slow on the way down.
   *
   * @param mayGrow whether the target may double again already
   */
  static SizeLimits doubling(Bounds bounds, int current, boolean mayGrow) {
    int limit = mayGrow ? (int) Math.max(2.0 * current, SMALL_STEP) : current;
    return bounded(bounds, bounds.min(), limit);
  }

  /** Only the bounds and what the policies of a behavior allow. */
  static SizeLimits of(Bounds bounds, RateLimits rates, int current) {
    return bounded(bounds, rates.lowest(current), rates.highest(current));
  }

  private static SizeLimits bounded(Bounds bounds, int lowest, int highest) {
    boolean slowUp = bounds.max() > highest;
    boolean slowDown = bounds.min() < lowest;
    return new SizeLimits(
        slowDown ? lowest : bounds.min(),
        slowDown ? ReplicaReason.SCALE_DOWN_LIMIT : ReplicaReason.TOO_FEW_REPLICAS,
        slowUp ? highest : bounds.max(),
        slowUp ? ReplicaReason.SCALE_UP_LIMIT : ReplicaReason.TOO_MANY_REPLICAS);
  }

  int apply(int wanted) {
    return Math.clamp(wanted, lowest, highest);
  }

  /** Which rule keeps the target from the wanted size. */
  ReplicaReason reason(int wanted) {
    if (wanted < lowest) {
      return lowestBy;
    }
    return wanted > highest ? highestBy : ReplicaReason.DESIRED_WITHIN_RANGE;
  }
}
