package dev.windlass.provider.testkit;

import java.util.Map;

/**
 * What a fake answers.
 *
 * @param status the HTTP status
 * @param headers beside the length
 * @param body its text
 * @param happened whether the request took effect
 */
public record Reply(int status, Map<String, String> headers, String body, boolean happened) {
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** An answer of this type. */
  public static Reply of(int status, String type, String body) {
    return new Reply(status, Map.of("Content-Type", type), body, status < 300);
  }
}
