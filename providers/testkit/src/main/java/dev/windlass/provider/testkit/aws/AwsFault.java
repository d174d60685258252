package dev.windlass.provider.testkit.aws;

/** What the fake answers in place of the truth. */
public sealed interface AwsFault {
  /**
   * An error of the service itself; nothing happens.
   *
   * @param status the HTTP status
   * @param code the error code, such as {@code Throttling}
   * @param message its text
   */
  record Refusal(int status, String code, String message) implements AwsFault {}

  /** A page of a proxy in place of the service's answer; nothing happens. */
  record Html(int status) implements AwsFault {}

  /**
   * The connection is cut without an answer.
   *
   * @param happened whether the request takes effect before that
   */
  record Cut(boolean happened) implements AwsFault {}

  /** The request takes effect, and its answer does not come before the fake is closed. */
  record Silence() implements AwsFault {}
}
