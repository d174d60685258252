package dev.windlass.provider.spi;

import dev.windlass.core.model.CloudFailure;
import java.util.function.Function;

/** What came of a call that changes something, or of one that reads. */
public sealed interface CloudOutcome<T> {
  /** The same outcome of something else. */
  default <R> CloudOutcome<R> map(Function<T, R> change) {
    return switch (this) {
      case Done<T> done -> new Done<>(change.apply(done.value()));
      case Conflict<T> conflict -> new Conflict<>(conflict.message());
      case Failed<T> failed -> new Failed<>(failed.failure());
      case Unknown<T> unknown -> new Unknown<>(unknown.message());
    };
  }

  /** The cloud did it, or has done it before under the same operation id. */
  record Done<T>(T value) implements CloudOutcome<T> {}

  /** The cloud's state is not what was expected; observe again. */
  record Conflict<T>(String message) implements CloudOutcome<T> {}

  /** The cloud refused or failed; nothing was changed. */
  record Failed<T>(CloudFailure failure) implements CloudOutcome<T> {}

  /** No answer: it may or may not have happened; observe before trying again. */
  record Unknown<T>(String message) implements CloudOutcome<T> {}
}
