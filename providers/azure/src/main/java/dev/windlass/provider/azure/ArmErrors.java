package dev.windlass.provider.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an exception of the SDK says of the request that it was thrown for. */
final class ArmErrors {
  private static final int MAX_RETRY_AFTER_SECONDS = 3_600;

  private ArmErrors() {}

  /** What is known of a request that did not succeed. */
  sealed interface Verdict {
    /** It was refused, or never sent: nothing was changed. */
    record Refused(ArmAnswer answer) implements Verdict {}

    /** The service broke down over it, and will not go on with it. */
    record Broken(ArmAnswer answer) implements Verdict {}

    /** It was sent, and there is no answer to it: it may have had its effect, or have it yet. */
    record Open(String message) implements Verdict {}

    /** It was not sent, for a reason of our own. */
    record Unsent(CloudFailure failure) implements Verdict {}
  }

  static Verdict verdict(RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CallFailedException unsent -> {
          return new Verdict.Unsent(unsent.failure());
        }
        case ClientAuthenticationException identity -> {
          return unsent(Cause.AUTH, "no token for Azure: " + text(identity));
        }
        case HttpResponseException answered when answered.getResponse() != null -> {
          return ofAnswer(answered, answered.getResponse());
        }
        case ConnectException refused -> {
          return unsent(Cause.TRANSIENT, "Azure cannot be reached: " + refused.getMessage());
        }
        case UnknownHostException unknown -> {
          return unsent(Cause.TRANSIENT, "Azure cannot be reached: " + unknown.getMessage());
        }
        default -> {}
      }
    }
    return new Verdict.Open("no answer from Azure: " + text(error));
  }

  private static Verdict unsent(Cause cause, String message) {
    return new Verdict.Unsent(new CloudFailure(cause, message));
  }

  private static Verdict ofAnswer(HttpResponseException error, HttpResponse response) {
    int status = response.getStatusCode();
    if (status < 400) {
      return new Verdict.Open("an answer that cannot be read: " + text(error));
    }
    ManagementError body = error instanceof ManagementException arm ? arm.getValue() : null;
    ArmAnswer answer =
        new ArmAnswer(
            status,
            body == null ? "" : orEmpty(body.getCode()),
            body == null || orEmpty(body.getMessage()).isEmpty() ? text(error) : body.getMessage(),
            retryAfter(response));
    return status >= 500 || status == 408
        ? new Verdict.Broken(answer)
        : new Verdict.Refused(answer);
  }

  private static @Nullable Duration retryAfter(HttpResponse response) {
    String header = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
    if (header == null || !header.matches("\\d{1,9}")) {
      return null;
    }
    return Duration.ofSeconds(Math.min(MAX_RETRY_AFTER_SECONDS, Long.parseLong(header)));
  }

  /** The failure of a read: it had no effect, so a missing answer is a failure too. */
  static CloudFailure ofRead(RuntimeException error) {
    return switch (verdict(error)) {
      case Verdict.Refused refused -> ErrorTable.failure(refused.answer(), Scopes.NOTHING_KNOWN);
      case Verdict.Broken broken -> ErrorTable.failure(broken.answer(), Scopes.NOTHING_KNOWN);
      case Verdict.Open open ->
          new CloudFailure(Cause.TRANSIENT, open.message(), FailureScope.ALL, "", null);
      case Verdict.Unsent unsent -> unsent.failure();
    };
  }

  private static String text(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.toString() : message;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
