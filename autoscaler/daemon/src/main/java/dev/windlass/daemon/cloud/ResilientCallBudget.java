package dev.windlass.daemon.cloud;

import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CallRate;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** For each account, region and method as many calls as the method's rate allows; never waits. */
public final class ResilientCallBudget implements CallBudget {
  private final CallRates rates;
  private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();

  /** A budget at these rates. */
  public ResilientCallBudget(CallRates rates) {
    this.rates = rates;
  }

  @Override
  public boolean acquire(String account, String region, String method) {
    String name = account + "/" + region + "/" + method;
    return limiters
        .computeIfAbsent(name, each -> limiter(each, rates.of(method)))
        .acquirePermission();
  }

  private static RateLimiter limiter(String name, CallRate rate) {
    return RateLimiter.of(
        name,
        RateLimiterConfig.custom()
            .limitForPeriod(rate.calls())
            .limitRefreshPeriod(rate.period())
            .timeoutDuration(Duration.ZERO)
            .build());
  }
}
