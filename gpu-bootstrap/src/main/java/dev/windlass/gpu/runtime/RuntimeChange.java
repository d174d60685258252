package dev.windlass.gpu.runtime;

/** What to do to a container runtime's configuration. */
public sealed interface RuntimeChange {
  /** Whether the runtime must read its configuration again. */
  default boolean needsReload() {
    return switch (this) {
      case Unchanged(), Refused _ -> false;
      case MainFile _, DropIn _ -> true;
    };
  }

  /** Everything is as it must be: nothing is written, nothing reloaded. */
  record Unchanged() implements RuntimeChange {}

  /**
   * The main file is replaced.
   *
   * @param text its new text: the old one, comments and all, with what was missing
   */
  record MainFile(String text) implements RuntimeChange {}

  /**
   * A file is written beside the main file, which stays as it is.
   *
   * @param text the drop-in's whole text
   */
  record DropIn(String text) implements RuntimeChange {}

  /**
   * It cannot be done.
   *
   * @param problem why
   * @param message the particulars, in one sentence
   */
  record Refused(RuntimeProblem problem, String message) implements RuntimeChange {}
}
