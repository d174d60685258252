package dev.windlass.gpu.facts;

/** What a look at a machine came to. */
public sealed interface ValidationOutcome {
  /** Every device is as expected. */
  record Passed(int devices) implements ValidationOutcome {}

  /**
   * Something is wrong for good.
   *
   * @param cause what
   * @param message the particulars, in one sentence
   */
  record Failed(BootstrapCause cause, String message) implements ValidationOutcome {}
}
