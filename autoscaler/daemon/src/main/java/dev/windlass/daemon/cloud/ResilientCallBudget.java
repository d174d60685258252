package dev.windlass.daemon.cloud;

import dev.windlass.provider.spi.CallBudget;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A number of requests a second for each account, region and method; never waits. Other programs of
 * the account share the cloud's own limit, so this is well below it.
 */
public final class ResilientCallBudget implements CallBudget {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RateLimiterConfig config;
  private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();

  /** A budget of this many requests a second. */
  public ResilientCallBudget(int perSecond) {
    config =
        RateLimiterConfig.custom()
            .limitForPeriod(perSecond)
            .limitRefreshPeriod(SECOND)
            .timeoutDuration(Duration.ZERO)
            .build();
  }

  @Override
  public boolean acquire(String account, String region, String method) {
    String name = account + "/" + region + "/" + method;
    return limiters.computeIfAbsent(name, each -> RateLimiter.of(each, config)).acquirePermission();
  }
}
