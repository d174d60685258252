package dev.windlass.provider.spi;

/**
 * Asked before every request to a cloud, so that Windlass never uses up an account's rate limit.
 */
@FunctionalInterface
public interface CallBudget {
  /** Never refuses: for tests and for clouds without limits. */
  CallBudget UNLIMITED = (_, _, _) -> true;

  /**
   * Whether one request may be sent now.
   *
   * @param account the account or project
   * @param region where
   * @param method the API's method
   */
  boolean acquire(String account, String region, String method);
}
