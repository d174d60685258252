package dev.windlass.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A pod's toleration.
 *
 * @param key the taint's key; empty with {@code EXISTS} tolerates every key
 * @param operator how the value is compared
 * @param value the value for {@code EQUAL}
 * @param effect the effect it is limited to, or null for every effect
 */
public record Toleration(
    String key, Operator operator, String value, Taint.@Nullable Effect effect) {
  /** How a toleration compares values. */
  public enum Operator {
    EQUAL,
    EXISTS
  }

  /** Tolerates every taint with this key. */
  public static Toleration exists(String key) {
    return new Toleration(key, Operator.EXISTS, "", null);
  }

  /** Whether this toleration covers the taint. */
  public boolean tolerates(Taint taint) {
    if (effect != null && effect != taint.effect()) {
      return false;
    }
    if (!key.isEmpty() && !key.equals(taint.key())) {
      return false;
    }
    return switch (operator) {
      case EXISTS -> true;
      case EQUAL -> !key.isEmpty() && value.equals(taint.value());
    };
  }
}
