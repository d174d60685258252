package dev.windlass.core.replicas;

import dev.windlass.core.model.ScalingBehavior;
import org.jspecify.annotations.Nullable;

/**
 * How far from one a ratio may be without a change, both ends included.
 *
 * @param up the share above one
 * @param down the share below one
 */
record Tolerance(double up, double down) {
  static Tolerance of(@Nullable ScalingBehavior behavior, double usual) {
    return behavior == null
        ? new Tolerance(usual, usual)
        : new Tolerance(
            orUsual(behavior.scaleUp().tolerance(), usual),
            orUsual(behavior.scaleDown().tolerance(), usual));
  }

  boolean contains(double ratio) {
    return 1.0 - down <= ratio && ratio <= 1.0 + up;
  }

  private static double orUsual(@Nullable Double own, double usual) {
    return own == null ? usual : own;
  }
}
