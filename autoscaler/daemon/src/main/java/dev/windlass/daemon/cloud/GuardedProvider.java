package dev.windlass.daemon.cloud;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A provider behind a bulkhead and a circuit breaker for each region: a cloud that is down is left
 * alone for a while, and one that is slow holds a bounded number of threads. What an open breaker
 * or a full bulkhead answers is a failure like any other; nothing was sent.
 */
final class GuardedProvider implements CloudProvider {
  private static final int MAX_CONCURRENT_CALLS = 16;
  private static final int MIN_CALLS = 10;
  private static final Duration OPEN_TIME = Duration.ofSeconds(15);

  private final CloudProvider provider;
  private final CallTimes times;
  private final Map<String, Guard> guards = new ConcurrentHashMap<>();

  private record Guard(CircuitBreaker breaker, Bulkhead bulkhead) {
    static Guard of(String region) {
      CircuitBreakerConfig breaker =
          CircuitBreakerConfig.custom()
              .failureRateThreshold(80)
              .minimumNumberOfCalls(MIN_CALLS)
              .slidingWindowSize(2 * MIN_CALLS)
              .waitDurationInOpenState(OPEN_TIME)
              .permittedNumberOfCallsInHalfOpenState(2)
              .build();
      BulkheadConfig bulkhead =
          BulkheadConfig.custom()
              .maxConcurrentCalls(MAX_CONCURRENT_CALLS)
              .maxWaitDuration(Duration.ZERO)
              .build();
      return new Guard(CircuitBreaker.of(region, breaker), Bulkhead.of(region, bulkhead));
    }
  }

  GuardedProvider(CloudProvider provider, CallTimes times) {
    this.provider = provider;
    this.times = times;
  }

  @Override
  public CloudOutcome<GroupView> describe(GroupReference group) {
    return guarded(group, "describe", () -> provider.describe(group));
  }

  @Override
  public CloudOutcome<Integer> increase(
      GroupReference group, Increase change, OperationId operation) {
    return guarded(group, "increase", () -> provider.increase(group, change, operation));
  }

  @Override
  public CloudOutcome<Boolean> delete(
      GroupReference group, InstanceId instance, OperationId operation) {
    return guarded(group, "delete", () -> provider.delete(group, instance, operation));
  }

  @Override
  public void close() {
    provider.close();
  }

  private <T> CloudOutcome<T> guarded(
      GroupReference group, String name, Supplier<CloudOutcome<T>> call) {
    Guard guard = guards.computeIfAbsent(group.region(), Guard::of);
    if (!guard.bulkhead().tryAcquirePermission()) {
      return unavailable("too many calls of the cloud are under way");
    }
    try {
      if (!guard.breaker().tryAcquirePermission()) {
        return unavailable("the cloud failed too often and is left alone for a while");
      }
      return measured(guard.breaker(), name, call);
    } finally {
      guard.bulkhead().onComplete();
    }
  }

  private <T> CloudOutcome<T> measured(
      CircuitBreaker breaker, String name, Supplier<CloudOutcome<T>> call) {
    long begin = System.nanoTime();
    CloudOutcome<T> outcome;
    try {
      outcome = call.get();
    } catch (RuntimeException broken) {
      breaker.onError(System.nanoTime() - begin, TimeUnit.NANOSECONDS, broken);
      throw broken;
    }
    long took = System.nanoTime() - begin;
    times.ended(name, outcome, Duration.ofNanos(took));
    if (isDown(outcome)) {
      breaker.onError(took, TimeUnit.NANOSECONDS, new CloudDownException());
    } else {
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    }
    return outcome;
  }

  private static <T> boolean isDown(CloudOutcome<T> outcome) {
    return switch (outcome) {
      case CloudOutcome.Done<T> _, CloudOutcome.Conflict<T> _ -> false;
      case CloudOutcome.Failed<T> failed ->
          failed.failure().cause() == CloudFailure.Cause.UNAVAILABLE;
      case CloudOutcome.Unknown<T> _ -> true;
    };
  }

  private static <T> CloudOutcome<T> unavailable(String message) {
    return new CloudOutcome.Failed<>(new CloudFailure(CloudFailure.Cause.UNAVAILABLE, message));
  }

  /** Tells the breaker that a call failed; never thrown. */
  private static final class CloudDownException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
