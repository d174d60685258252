package dev.windlass.core.model;

/** A node's taint. */
public record Taint(String key, String value, Effect effect) {
  /** What the taint does to a pod that does not tolerate it. */
  public enum Effect {
    NO_SCHEDULE,
    PREFER_NO_SCHEDULE,
    NO_EXECUTE
  }

  /** A taint without a value that keeps new pods away. */
  public static Taint noSchedule(String key) {
    return new Taint(key, "", Effect.NO_SCHEDULE);
  }
}
