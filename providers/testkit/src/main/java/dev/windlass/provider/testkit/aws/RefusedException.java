package dev.windlass.provider.testkit.aws;

/** The fake refuses a request as the service would. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  RefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  static RefusedException validation(String message) {
    return new RefusedException("ValidationError", message);
  }

  String code() {
    return code;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
