package dev.windlass.core.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a cloud could not do what it was asked.
 *
 * @param cause the class of error, which decides what to do next
 * @param message the cloud's own words, with the limit, subnet or reservation that they name
 * @param scope what cannot be bought because of it
 * @param code the cloud's own code; empty when it gave none
 * @param hold how long the scope is worth leaving alone, or null for the policy's back-off
 */
public record CloudFailure(
    Cause cause, String message, FailureScope scope, String code, @Nullable Duration hold) {

  /** A failure of all that was asked for, without a code. */
  public CloudFailure(Cause cause, String message) {
    this(cause, message, FailureScope.ALL, "", null);
  }

  /** The same failure of a part of what a group offers. */
  public CloudFailure within(FailureScope other) {
    return new CloudFailure(cause, message, other, code, hold);
  }

  /** Classes of cloud errors. */
  public enum Cause {
    /** Too many calls; ask again later, the group is not to blame. */
    THROTTLED,
    /** The cloud failed; it may work later. */
    TRANSIENT,
    /** The cloud's state is not what was expected: observe and decide anew. */
    CONFLICT,
    /** The group, machine or template is not there. */
    NOT_FOUND,
    /** No machines, addresses or reserved places of this kind to be had now. */
    CAPACITY,
    /** An account limit is reached: only a person can change it. */
    QUOTA,
    /** Not allowed: only a person can change it. */
    PERMISSION,
    /** The credentials are missing, wrong or out of date. */
    AUTH,
    /** The request or the group's template is wrong: only a person can change it. */
    CONFIG,
    /** An answer that nobody can read, or a code that nobody knows. */
    UNKNOWN
  }
}
