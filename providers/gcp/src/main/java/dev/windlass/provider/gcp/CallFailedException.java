package dev.windlass.provider.gcp;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CloudOutcome;

/** A request that was not sent, was refused, or has no answer that could be read. */
final class CallFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CloudFailure failure;
  private final boolean uncertain;

  private CallFailedException(CloudFailure failure, boolean uncertain) {
    super(failure.message());
    this.failure = failure;
    this.uncertain = uncertain;
  }

  /** Nothing was changed. */
  static CallFailedException refused(CloudFailure failure) {
    return new CallFailedException(failure, false);
  }

  /** Nothing was changed. */
  static CallFailedException refused(Cause cause, String message) {
    return refused(new CloudFailure(cause, message));
  }

  /** A change may have happened. */
  static CallFailedException uncertain(CloudFailure failure) {
    return new CallFailedException(failure, true);
  }

  CloudFailure failure() {
    return failure;
  }

  boolean isUncertain() {
    return uncertain;
  }

  /** The outcome of a read: an answer that is missing is a failure. */
  <T> CloudOutcome<T> ofRead() {
    return new CloudOutcome.Failed<>(failure);
  }

  /** The outcome of a change. */
  <T> CloudOutcome<T> ofChange() {
    if (uncertain) {
      return new CloudOutcome.Unknown<>(failure.message());
    }
    return failure.cause() == Cause.CONFLICT
        ? new CloudOutcome.Conflict<>(failure.message())
        : new CloudOutcome.Failed<>(failure);
  }
}
