package dev.windlass.gpu.host;

/** What the daemon says to a node's agent next. */
public sealed interface HostPlan {
  /** Nothing new: the agent is at work, or the step is none of its concern. */
  record Keep() implements HostPlan {}

  /** A task. */
  record Ask(HostTask task) implements HostPlan {}

  /**
   * The step can't be done on this machine.
   *
   * @param cause a short code of {@code docs/reference/gpu.md}
   * @param message the particulars, in one sentence
   */
  record Refuse(String cause, String message) implements HostPlan {}
}
