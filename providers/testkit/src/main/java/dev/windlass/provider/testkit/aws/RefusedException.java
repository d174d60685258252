package dev.windlass.provider.testkit.aws;

/** The fake refuses a request as the service would. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient AwsFault.Refusal refusal;

  RefusedException(String code, String message) {
    super(message);
    this.refusal = new AwsFault.Refusal(400, code, message);
  }

  AwsFault.Refusal refusal() {
    return refusal;
  }
}
