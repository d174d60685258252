package dev.windlass.daemon.metrics;

import dev.windlass.core.model.MetricReading;

/** Why a source gave no number; the first word of the metric's error. */
enum SourceError {
  /** The Configuration does not name the server. */
  HOST_NOT_ALLOWED("HostNotAllowed"),
  /** The address is one that no metrics server has: link-local, metadata, loopback. */
  ADDRESS_REFUSED("AddressRefused"),
  /** The Secret is absent, not granted, or has not what it should have. */
  SECRET_UNUSABLE("SecretUnusable"),
  UNREACHABLE("Unreachable"),
  TIMED_OUT("TimedOut"),
  /** The source answered with an error of its own. */
  ANSWERED_ERROR("AnsweredError"),
  /** The answer is too long or not of the form that it should have. */
  UNREADABLE_ANSWER("UnreadableAnswer"),
  NO_SERIES("NoSeries"),
  MANY_SERIES("ManySeries"),
  /** NaN or infinite. */
  NOT_A_NUMBER("NotANumber"),
  NEGATIVE("Negative"),
  /** A rate needs two readings. */
  FIRST_READING("FirstReading");

  private final String title;

  SourceError(String title) {
    this.title = title;
  }

  /** The failed reading with this error and a sentence about it. */
  MetricReading.Failure because(String sentence) {
    return new MetricReading.Failure(title + ": " + sentence, cause());
  }

  private MetricReading.Cause cause() {
    return switch (this) {
      case NOT_A_NUMBER, NEGATIVE -> MetricReading.Cause.VALUE;
      case NO_SERIES -> MetricReading.Cause.EMPTY;
      case HOST_NOT_ALLOWED,
          ADDRESS_REFUSED,
          SECRET_UNUSABLE,
          UNREACHABLE,
          TIMED_OUT,
          ANSWERED_ERROR,
          UNREADABLE_ANSWER,
          MANY_SERIES,
          FIRST_READING ->
          MetricReading.Cause.ERROR;
    };
  }
}
