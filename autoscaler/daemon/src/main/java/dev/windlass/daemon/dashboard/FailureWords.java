package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.CloudFailure;

/** What the dashboard calls a class of cloud errors: {@code need} asks a person to act. */
record FailureWords(String key, String title, String rule) {
  static FailureWords of(CloudFailure.Cause cause) {
    return switch (cause) {
      case CAPACITY -> new FailureWords("wait", "Sold out", "OutOfCapacity");
      case THROTTLED -> new FailureWords("wait", "Throttled", "Throttled");
      case TRANSIENT -> new FailureWords("wait", "Unavailable", "Unavailable");
      case CONFLICT -> new FailureWords("wait", "Conflict", "Conflict");
      case UNKNOWN -> new FailureWords("wait", "Unclear answer", "UnknownAnswer");
      case NOT_FOUND -> new FailureWords("need", "Not found", "NotFound");
      case QUOTA -> new FailureWords("need", "Quota", "Quota");
      case PERMISSION -> new FailureWords("need", "Not allowed", "NotAllowed");
      case AUTH -> new FailureWords("need", "Credentials", "Credentials");
      case CONFIG -> new FailureWords("need", "Refused", "Refused");
    };
  }
}
