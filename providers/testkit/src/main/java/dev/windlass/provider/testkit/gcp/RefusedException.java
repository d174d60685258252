package dev.windlass.provider.testkit.gcp;

import dev.windlass.provider.testkit.Fault;

/** A request that the cloud refuses. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault.Refusal refusal;

  RefusedException(int status, String reason, String message) {
    super(message);
    refusal = new Fault.Refusal(status, reason, message);
  }

  static RefusedException notFound(String what) {
    return new RefusedException(404, "notFound", "The resource '" + what + "' was not found");
  }

  static RefusedException invalid(String message) {
    return new RefusedException(400, "invalid", message);
  }

  Fault.Refusal refusal() {
    return refusal;
  }
}
