package dev.windlass.core.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast a scaler may move, as {@code spec.behavior} of {@code autoscaling/v2}.
 *
 * @param scaleUp rules on the way up
 * @param scaleDown rules on the way down
 */
public record ScalingBehavior(Direction scaleUp, Direction scaleDown) {
  /**
   * Rules of one direction.
   *
   * @param stabilizationWindow null for the policy's
   * @param select which policy counts
   * @param policies how much may change in how long
   * @param tolerance how far from one the ratio may be, or null for the policy's
   */
  public record Direction(
      @Nullable Duration stabilizationWindow,
      Select select,
      List<RatePolicy> policies,
      @Nullable Double tolerance) {
    public Direction {
      policies = List.copyOf(policies);
    }
  }

  /** Which of several policies counts. */
  public enum Select {
    MAX,
    MIN,
    DISABLED
  }

  /** Unit of a policy's value. */
  public enum Unit {
    PODS,
    PERCENT
  }

  /** At most this change in this period. */
  public record RatePolicy(Unit unit, int value, Duration period) {}
}
