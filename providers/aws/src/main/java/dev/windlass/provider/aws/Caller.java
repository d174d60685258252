package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CloudOutcome;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.AwsResponseMetadata;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends the requests of one service in one region. The budget is asked before each; an answer
 * without the service's request id is not an answer.
 */
final class Caller {
  private final String service;
  private final Predicate<String> budget;

  Caller(String service, Predicate<String> budget) {
    this.service = service;
    this.budget = budget;
  }

  /** Reads; throws {@link CallFailedException} without a usable answer. */
  <R extends AwsResponse> R read(String method, String resource, Supplier<R> call) {
    return switch (change(method, resource, call)) {
      case CloudOutcome.Done<R> done -> done.value();
      case CloudOutcome.Failed<R> failed -> throw new CallFailedException(failed.failure());
      case CloudOutcome.Conflict<R> conflict ->
          throw new CallFailedException(Cause.CONFLICT, conflict.message());
      case CloudOutcome.Unknown<R> unknown ->
          throw new CallFailedException(Cause.TRANSIENT, unknown.message());
    };
  }

  /** Asks for a change. */
  <R extends AwsResponse> CloudOutcome<R> change(String method, String resource, Supplier<R> call) {
    if (!budget.test(method)) {
      return new CloudOutcome.Failed<>(
          new CloudFailure(
              Cause.THROTTLED, "the call budget of this account is used up for now: " + method));
    }
    try {
      R answer = call.get();
      return hasRequestId(answer)
          ? new CloudOutcome.Done<>(answer)
          : new CloudOutcome.Unknown<>("the answer is not one of AWS");
    } catch (SdkException error) {
      return AwsErrors.outcome(error, service + ":" + method + " on " + resource);
    }
  }

  private static boolean hasRequestId(AwsResponse answer) {
    AwsResponseMetadata metadata = answer.responseMetadata();
    return metadata != null && !metadata.requestId().equals("UNKNOWN");
  }
}
