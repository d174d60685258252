package dev.windlass.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CloudOutcome;

/** What a row expects of an outcome. */
public final class Outcomes {
  private Outcomes() {}

  /** It was done. */
  public static <T> T done(CloudOutcome<T> outcome) {
    if (outcome instanceof CloudOutcome.Done<T>(T value)) {
      return value;
    }
    throw new AssertionError("expected that it is done, but: " + outcome);
  }

  /** It failed. */
  public static CloudFailure failed(CloudOutcome<?> outcome) {
    if (outcome instanceof CloudOutcome.Failed<?>(CloudFailure failure)) {
      return failure;
    }
    throw new AssertionError("expected that it failed, but: " + outcome);
  }

  /** It failed for this cause. */
  public static CloudFailure failed(CloudOutcome<?> outcome, Cause cause) {
    CloudFailure failure = failed(outcome);
    assertThat(failure.cause()).as(failure.toString()).isEqualTo(cause);
    return failure;
  }

  /** It was refused because things are not as expected. */
  public static void conflict(CloudOutcome<?> outcome) {
    assertThat(
            outcome instanceof CloudOutcome.Conflict<?>
                || (outcome instanceof CloudOutcome.Failed<?>(CloudFailure failure)
                    && failure.cause() == Cause.CONFLICT))
        .as("expected a conflict, but: %s", outcome)
        .isTrue();
  }

  /** Whether it was done. */
  public static boolean isDone(CloudOutcome<?> outcome) {
    return outcome instanceof CloudOutcome.Done<?>;
  }

  /** Nobody can say yet whether it happened, or it was found out that it did. */
  public static void unknownOrDone(CloudOutcome<?> outcome) {
    assertThat(isDone(outcome) || outcome instanceof CloudOutcome.Unknown<?>)
        .as("expected no clear refusal, but: %s", outcome)
        .isTrue();
  }
}
