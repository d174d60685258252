package dev.windlass.provider.azure;

import dev.windlass.core.model.CloudFailure;

/** A request that was not sent, or a read without a usable answer: nothing was changed. */
final class CallFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CloudFailure failure;

  CallFailedException(CloudFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  CallFailedException(CloudFailure.Cause cause, String message) {
    this(new CloudFailure(cause, message));
  }

  CloudFailure failure() {
    return failure;
  }
}
