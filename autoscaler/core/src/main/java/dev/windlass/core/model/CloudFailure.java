package dev.windlass.core.model;

/**
 * Why a cloud could not do what it was asked.
 *
 * @param cause the class of error, which decides what to do next
 * @param message the cloud's own words
 */
public record CloudFailure(Cause cause, String message) {
  /** Classes of cloud errors. */
  public enum Cause {
    /** No machines of this kind to be had now. */
    OUT_OF_CAPACITY,
    /** An account limit is reached: only a person can change it. */
    QUOTA,
    /** Too many calls. */
    THROTTLED,
    /** The request is wrong or not allowed: only a person can change it. */
    REFUSED,
    /** The cloud failed; it may work later. */
    UNAVAILABLE
  }
}
