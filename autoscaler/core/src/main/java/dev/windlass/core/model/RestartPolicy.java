package dev.windlass.core.model;

/** A pod's {@code spec.restartPolicy}. */
public enum RestartPolicy {
  ALWAYS,
  ON_FAILURE,
  NEVER
}
