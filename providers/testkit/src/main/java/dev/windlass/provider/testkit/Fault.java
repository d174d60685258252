package dev.windlass.provider.testkit;

import java.time.Duration;
import java.util.Map;

/** What a fake answers in place of the truth. */
public sealed interface Fault {
  /**
   * An error of the service itself, in the words of its protocol; nothing happens.
   *
   * @param status the HTTP status
   * @param code the service's error code
   * @param message its text
   * @param headers such as {@code Retry-After}
   */
  record Refusal(int status, String code, String message, Map<String, String> headers)
      implements Fault {
    public Refusal {
      headers = Map.copyOf(headers);
    }

    /** A refusal without headers. */
    public Refusal(int status, String code, String message) {
      this(status, code, message, Map.of());
    }
  }

  /** A body that is none of the service's, such as a proxy's page; nothing happens. */
  record Foreign(int status, String type, String body) implements Fault {
    /** A page of HTML. */
    public static Foreign html(int status) {
      return new Foreign(status, "text/html", "<html><body><h1>Gateway</h1></body></html>");
    }
  }

  /**
   * The connection is cut without an answer.
   *
   * @param happened whether the request takes effect before that
   */
  record Cut(boolean happened) implements Fault {}

  /** The true answer, cut in the middle of its body. */
  record Truncated() implements Fault {}

  /** The request takes effect, and its answer does not come before the fake is closed. */
  record Silence() implements Fault {}

  /** The true answer, later by this much real time. */
  record Late(Duration by) implements Fault {}
}
