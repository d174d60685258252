package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CloudOutcome;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an error of the SDK says of the request. An answer without an error code is not the
 * service's: what a proxy refused was not done, of anything else nobody knows.
 */
final class AwsErrors {
  private static final Set<String> CONFLICTS =
      Set.of(
          "ScalingActivityInProgress",
          "ScalingActivityInProgressFault",
          "ResourceContention",
          "ResourceContentionFault",
          "IncorrectInstanceState");

  private AwsErrors() {}

  /** The failure of a read: it has no effect, so an answer that is missing is a failure too. */
  static CloudFailure ofRead(SdkException error) {
    return switch (AwsErrors.<Void>ofChange(error)) {
      case CloudOutcome.Failed<Void> failed -> failed.failure();
      case CloudOutcome.Conflict<Void>(String message) ->
          new CloudFailure(Cause.TRANSIENT, message);
      case CloudOutcome.Unknown<Void>(String message) -> new CloudFailure(Cause.TRANSIENT, message);
      case CloudOutcome.Done<Void> _ -> throw new IllegalStateException("an error is not done");
    };
  }

  /** The outcome of a change. */
  static <T> CloudOutcome<T> ofChange(SdkException error) {
    if (error instanceof AwsServiceException answer) {
      return ofAnswer(answer);
    }
    String message = text(error);
    if (message.startsWith("Unable to load credentials")) {
      return failed(Cause.CONFIG, message);
    }
    return neverConnected(error)
        ? failed(Cause.TRANSIENT, "AWS cannot be reached: " + message)
        : new CloudOutcome.Unknown<>("no answer from AWS: " + message);
  }

  /** The service's error code; empty if the answer has none. */
  static String code(AwsServiceException error) {
    return error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null
        ? ""
        : error.awsErrorDetails().errorCode();
  }

  /** Its own words. */
  static String text(SdkException error) {
    String message = error.getMessage();
    return message == null ? error.toString() : message;
  }

  private static <T> CloudOutcome<T> ofAnswer(AwsServiceException error) {
    String code = code(error);
    String message = code.isEmpty() ? "status " + error.statusCode() : text(error);
    if (CONFLICTS.contains(code)) {
      return new CloudOutcome.Conflict<>(message);
    }
    Optional<Cause> known = ErrorCodes.cause(code);
    if (known.isPresent()) {
      return failed(known.get(), message);
    }
    int status = error.statusCode();
    if (status == 429) {
      return failed(Cause.THROTTLED, message);
    }
    boolean refused = status >= 400 && status < 500 && status != 408;
    return refused ? failed(Cause.CONFIG, message) : new CloudOutcome.Unknown<>(message);
  }

  private static boolean neverConnected(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static <T> CloudOutcome<T> failed(Cause cause, String message) {
    return new CloudOutcome.Failed<>(new CloudFailure(cause, message));
  }
}
