package dev.windlass.daemon.metrics;

import dev.windlass.core.model.MetricReading;

/** What became of a question: a value, or why there is none. */
sealed interface Answer<T> {
  /** The value. */
  record Of<T>(T value) implements Answer<T> {}

  /** Why there is none. */
  record None<T>(MetricReading.Failure failure) implements Answer<T> {}

  static <T> Answer<T> none(SourceError error, String sentence) {
    return new None<>(error.because(sentence));
  }
}
