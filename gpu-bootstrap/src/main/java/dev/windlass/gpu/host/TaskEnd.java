package dev.windlass.gpu.host;

import org.jspecify.annotations.Nullable;

/**
 * How far an agent is with a task.
 *
 * @param id the task's id
 * @param state how it ended, if it has
 * @param configuration what a look at the container runtime has found; null for other tasks
 */
public record TaskEnd(String id, State state, @Nullable RuntimeTexts configuration) {
  /** How a task ends. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    /** The file that was to be written over has changed since it was read. */
    STALE,
    FAILED
  }

  /**
   * How a container runtime is set up, with names in place of its credentials.
   *
   * @param main the main file's text; empty where there is none
   * @param effective what the runtime makes of all files; empty where it does not say
   * @param fingerprint names this state of both
   */
  public record RuntimeTexts(String main, String effective, String fingerprint) {}
}
