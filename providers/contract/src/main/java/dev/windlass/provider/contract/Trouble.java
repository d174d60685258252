package dev.windlass.provider.contract;

import dev.windlass.core.model.CloudFailure.Cause;

/** What a cloud may answer instead of doing it; a rig says it in its cloud's own words. */
public enum Trouble {
  /** Too many calls, without a word on when to come back. */
  THROTTLED(Cause.THROTTLED),
  /** Too many calls; come back after seven seconds. */
  THROTTLED_FOR_SEVEN_SECONDS(Cause.THROTTLED),
  /** The service is broken: status 500. */
  SERVER_ERROR(Cause.TRANSIENT),
  /** The service is not there: status 503. */
  UNAVAILABLE(Cause.TRANSIENT),
  /** Somebody else is changing the group. */
  BUSY(Cause.CONFLICT),
  /** The identity may not do this. */
  DENIED(Cause.PERMISSION),
  /** The credentials are out of date. */
  EXPIRED(Cause.AUTH),
  /** The clocks differ too much for the signature or token. */
  SKEWED(Cause.AUTH),
  /** No address is left in the subnet. */
  NO_ADDRESSES(Cause.CAPACITY),
  /** The group's template or image is not there any more. */
  TEMPLATE_GONE(Cause.CONFIG);

  private final Cause cause;

  Trouble(Cause cause) {
    this.cause = cause;
  }

  /** The class that a provider finds for it. */
  public Cause cause() {
    return cause;
  }
}
