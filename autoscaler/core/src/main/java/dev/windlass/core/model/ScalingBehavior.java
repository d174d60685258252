package dev.windlass.core.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast a scaler may move, as {@code spec.behavior} of {@code autoscaling/v2}.
 *
 * @param scaleUp rules on the way up; without policies it has those of {@link Direction#DEFAULT_UP}
 * @param scaleDown rules on the way down; without policies it has those of {@link
 *     Direction#DEFAULT_DOWN}
 */
public record ScalingBehavior(Direction scaleUp, Direction scaleDown) {
  /** What an empty {@code behavior} means. */
  public static final ScalingBehavior DEFAULT =
      new ScalingBehavior(Direction.DEFAULT_UP, Direction.DEFAULT_DOWN);

  public ScalingBehavior {
    scaleUp = scaleUp.orPoliciesOf(Direction.DEFAULT_UP);
    scaleDown = scaleDown.orPoliciesOf(Direction.DEFAULT_DOWN);
  }

  /**
   * Rules of one direction.
   *
   * @param stabilizationWindow null for no window on the way up, the policy's on the way down
   * @param select which policy counts
   * @param policies how much may change in how long
   * @param tolerance how far from one the ratio may be, or null for the policy's
   */
  public record Direction(
      @Nullable Duration stabilizationWindow,
      Select select,
      List<RatePolicy> policies,
      @Nullable Double tolerance) {
    private static final Duration PERIOD = Duration.ofSeconds(15);

    /** The default of {@code behavior.scaleUp}: 4 pods or 100 percent in 15 seconds. */
    public static final Direction DEFAULT_UP =
        new Direction(
            Duration.ZERO,
            Select.MAX,
            List.of(
                new RatePolicy(Unit.PODS, 4, PERIOD), new RatePolicy(Unit.PERCENT, 100, PERIOD)),
            null);

    /** The default of {@code behavior.scaleDown}: 100 percent in 15 seconds. */
    public static final Direction DEFAULT_DOWN =
        new Direction(null, Select.MAX, List.of(new RatePolicy(Unit.PERCENT, 100, PERIOD)), null);

    public Direction {
      policies = List.copyOf(policies);
      if (stabilizationWindow != null && stabilizationWindow.isNegative()) {
        throw new IllegalArgumentException("a stabilization window must not be negative");
      }
      if (tolerance != null && !(tolerance >= 0)) {
        throw new IllegalArgumentException("a tolerance must not be negative, but is " + tolerance);
      }
    }

    private Direction orPoliciesOf(Direction other) {
      return policies.isEmpty()
          ? new Direction(stabilizationWindow, select, other.policies, tolerance)
          : this;
    }
  }

  /** Which of several policies counts. */
  public enum Select {
    /** The one that allows the largest change. */
    MAX,
    /** The one that allows the smallest change. */
    MIN,
    /** No change in this direction. */
    DISABLED
  }

  /** Unit of a policy's value. */
  public enum Unit {
    PODS,
    PERCENT
  }

  /** At most this change in this period. */
  public record RatePolicy(Unit unit, int value, Duration period) {
    public RatePolicy {
      if (value <= 0 || !period.isPositive()) {
        throw new IllegalArgumentException(
            "a policy needs a value and a period above zero, got " + value + " in " + period);
      }
    }
  }
}
