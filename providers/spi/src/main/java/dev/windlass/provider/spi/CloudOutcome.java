package dev.windlass.provider.spi;

import dev.windlass.core.model.CloudFailure;

/** What came of a call that changes something, or of one that reads. */
public sealed interface CloudOutcome<T> {
  /** The cloud did it, or has done it before under the same operation id. */
  record Done<T>(T value) implements CloudOutcome<T> {}

  /** The cloud's state is not what was expected; observe again. */
  record Conflict<T>(String message) implements CloudOutcome<T> {}

  /** The cloud refused or failed; nothing was changed. */
  record Failed<T>(CloudFailure failure) implements CloudOutcome<T> {}

  /** No answer: it may or may not have happened; observe before trying again. */
  record Unknown<T>(String message) implements CloudOutcome<T> {}
}
