package dev.windlass.provider.contract;

import java.time.Duration;

/**
 * The contract at length, for a slow test of each provider: thousands of random schedules, and a
 * large account whose every answer takes a second of real time.
 */
public abstract class LongProviderContract extends ProviderContract {
  @Override
  protected Duration latency() {
    return Duration.ofSeconds(1);
  }

  @Override
  protected int schedules() {
    return 2_000;
  }
}
