package dev.windlass.core.model;

import org.jspecify.annotations.Nullable;

/** A device's taint that keeps new claims away. */
public record DeviceTaint(String key, String value, Taint.Effect effect) {
  /**
   * A request's toleration.
   *
   * @param key the taint's key; empty stands for every key
   * @param operator how the value is compared
   * @param value the value for {@code EQUAL}
   * @param effect the effect it is limited to, or null for every effect
   */
  public record Tolerated(
      String key, Toleration.Operator operator, String value, Taint.@Nullable Effect effect) {
    /** Whether it covers the taint; unlike a pod's, an empty key may go with a value. */
    public boolean covers(DeviceTaint taint) {
      if ((effect != null && effect != taint.effect())
          || (!key.isEmpty() && !key.equals(taint.key()))) {
        return false;
      }
      return switch (operator) {
        case EXISTS -> true;
        case EQUAL -> value.equals(taint.value());
      };
    }
  }
}
