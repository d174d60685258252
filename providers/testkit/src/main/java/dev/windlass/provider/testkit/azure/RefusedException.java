package dev.windlass.provider.testkit.azure;

import java.io.Serial;

/** The fake answers with an error and has changed nothing. */
final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient ArmError error;

  RefusedException(ArmError error) {
    super(error.code() + ": " + error.message());
    this.error = error;
  }

  ArmError error() {
    return error;
  }
}
