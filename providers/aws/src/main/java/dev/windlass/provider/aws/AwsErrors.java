package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.provider.spi.CloudOutcome;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an error of the SDK says of a request. An answer without an error code is not the service's:
 * what a proxy refused was not done, of anything else nobody knows.
 */
final class AwsErrors {
  private static final int QUOTED = 200;
  private static final Duration CREDENTIALS = Duration.ofMinutes(1);

  private AwsErrors() {}

  /**
   * The outcome of a request.
   *
   * @param subject method and resource, which a person needs to know of what is not permitted
   */
  static <T> CloudOutcome<T> outcome(SdkException error, String subject) {
    if (error instanceof AwsServiceException answer) {
      return ofAnswer(answer, subject);
    }
    String message = text(error);
    if (message.contains("credentials")) {
      return failed(Cause.AUTH, subject + ": " + message, "", CREDENTIALS);
    }
    return neverConnected(error)
        ? failed(Cause.TRANSIENT, "AWS cannot be reached: " + message, "", null)
        : new CloudOutcome.Unknown<>("no answer from AWS: " + message);
  }

  private static <T> CloudOutcome<T> ofAnswer(AwsServiceException error, String subject) {
    String code = code(error);
    if (code.isEmpty()) {
      return ofForeign(error);
    }
    int status = error.statusCode();
    String message = text(error);
    Optional<ErrorCodes.Rule> rule = ErrorCodes.rule(code);
    if (rule.isEmpty()) {
      return status >= 500 || status == 408
          ? new CloudOutcome.Unknown<>(message)
          : failed(status == 429 ? Cause.THROTTLED : Cause.UNKNOWN, message, code, null);
    }
    Cause cause = rule.get().cause();
    return switch (cause) {
      case CONFLICT -> new CloudOutcome.Conflict<>(message);
      case TRANSIENT -> new CloudOutcome.Unknown<>(message);
      case THROTTLED -> failed(cause, message, code, retryAfter(error));
      case PERMISSION, AUTH ->
          failed(cause, subject + ": " + message, code, rule.get().hold(message));
      case NOT_FOUND, CAPACITY, QUOTA, CONFIG, UNKNOWN ->
          failed(cause, message, code, rule.get().hold(message));
    };
  }

  /** An answer that is not the service's own. */
  private static <T> CloudOutcome<T> ofForeign(AwsServiceException error) {
    int status = error.statusCode();
    String message = "status " + status + ": " + quoted(error);
    boolean refused = status >= 400 && status < 500 && status != 408;
    return refused
        ? failed(status == 429 ? Cause.THROTTLED : Cause.UNKNOWN, message, "", retryAfter(error))
        : new CloudOutcome.Unknown<>(message);
  }

  private static String quoted(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    if (details == null || details.rawResponse() == null) {
      return text(error);
    }
    String raw = details.rawResponse().asUtf8String();
    return raw.substring(0, Math.min(raw.length(), QUOTED));
  }

  /** The service's error code; empty if the answer has none. */
  private static String code(AwsServiceException error) {
    return error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null
        ? ""
        : error.awsErrorDetails().errorCode();
  }

  private static String text(SdkException error) {
    String message = error.getMessage();
    return message == null ? error.toString() : message;
  }

  private static @Nullable Duration retryAfter(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    if (details == null || details.sdkHttpResponse() == null) {
      return null;
    }
    return details
        .sdkHttpResponse()
        .firstMatchingHeader("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(null);
  }

  private static boolean neverConnected(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static <T> CloudOutcome<T> failed(
      Cause cause, String message, String code, @Nullable Duration hold) {
    return new CloudOutcome.Failed<>(
        new CloudFailure(cause, message, FailureScope.ALL, code, hold));
  }
}
