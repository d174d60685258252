package dev.windlass.daemon.cloud;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Receipt;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A provider behind a time limit, and a bulkhead and a circuit breaker for each region: a cloud
 * that is down is left alone for a while, and one that is slow holds a bounded number of threads.
 * What an open breaker or a full bulkhead answers is a failure like any other; nothing was sent.
 */
final class GuardedProvider implements CloudProvider {
  private static final int MAX_CONCURRENT_CALLS = 16;
  private static final int MIN_CALLS = 10;
  private static final Duration OPEN_TIME = Duration.ofSeconds(15);

  /** A change ends before the leader's lease does. */
  private static final Duration CHANGE_LIMIT = Duration.ofSeconds(12);

  private static final Duration READING_LIMIT = Duration.ofSeconds(45);
  private static final GroupView NOTHING = new GroupView(0, List.of(), List.of());

  private final CloudProvider provider;
  private final InstantSource clock = InstantSource.system();
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
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

  GuardedProvider(CloudProvider provider) {
    this.provider = provider;
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    Map<String, List<GroupReference>> byRegion = new LinkedHashMap<>();
    groups.forEach(
        each -> byRegion.computeIfAbsent(each.region(), _ -> new ArrayList<>()).add(each));
    Map<NodeGroupName, CloudOutcome<GroupView>> seen = new HashMap<>();
    Instant begun = clock.instant();
    long generation = 0;
    for (Map.Entry<String, List<GroupReference>> region : byRegion.entrySet()) {
      switch (observe(region.getKey(), region.getValue())) {
        case CloudOutcome.Done<Observation> done -> {
          seen.putAll(done.value().groups());
          generation = Math.max(generation, done.value().generation());
        }
        case CloudOutcome<Observation> other -> {
          CloudOutcome<GroupView> nothing = other.map(_ -> NOTHING);
          region.getValue().forEach(each -> seen.put(each.name(), nothing));
        }
      }
    }
    return new Observation(generation, begun, seen);
  }

  private CloudOutcome<Observation> observe(String region, List<GroupReference> groups) {
    return guarded(
        region,
        READING_LIMIT,
        () -> {
          Observation seen = provider.observe(groups);
          return seen.groups().values().stream().anyMatch(each -> !isDown(each))
              ? new CloudOutcome.Done<>(seen)
              : seen.groups().values().stream()
                  .findFirst()
                  .<CloudOutcome<Observation>>map(each -> each.map(_ -> seen))
                  .orElse(new CloudOutcome.Done<>(seen));
        });
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    return guarded(group.region(), CHANGE_LIMIT, () -> provider.increase(group, change, operation));
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    return guarded(
        group.region(), CHANGE_LIMIT, () -> provider.delete(group, instances, operation));
  }

  /** Asks a capability of the provider; empty when it has none of the kind. */
  <C, T> Optional<CloudOutcome<T>> ask(
      Class<C> capability, String region, Function<C, CloudOutcome<T>> question) {
    return provider
        .capability(capability)
        .map(able -> guarded(region, READING_LIMIT, () -> question.apply(able)));
  }

  @Override
  public void close() {
    calls.shutdownNow();
    provider.close();
  }

  private <T> CloudOutcome<T> guarded(
      String region, Duration limit, Supplier<CloudOutcome<T>> call) {
    Guard guard = guards.computeIfAbsent(region, Guard::of);
    if (!guard.bulkhead().tryAcquirePermission()) {
      return unavailable("too many calls of the cloud are under way");
    }
    try {
      if (!guard.breaker().tryAcquirePermission()) {
        return unavailable("the cloud failed too often and is left alone for a while");
      }
      return measured(guard.breaker(), () -> limited(limit, call));
    } finally {
      guard.bulkhead().onComplete();
    }
  }

  /** A call that takes too long is interrupted; whether it had an effect is not known. */
  private <T> CloudOutcome<T> limited(Duration limit, Supplier<CloudOutcome<T>> call) {
    Callable<CloudOutcome<T>> timed =
        TimeLimiter.decorateFutureSupplier(
            TimeLimiter.of(limit), () -> CompletableFuture.supplyAsync(call, calls));
    try {
      return timed.call();
    } catch (TimeoutException _) {
      return new CloudOutcome.Unknown<>("no answer within " + limit.toSeconds() + " s");
    } catch (RuntimeException broken) {
      throw broken;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> CloudOutcome<T> measured(
      CircuitBreaker breaker, Supplier<CloudOutcome<T>> call) {
    long begin = System.nanoTime();
    CloudOutcome<T> outcome;
    try {
      outcome = call.get();
    } catch (RuntimeException broken) {
      breaker.onError(System.nanoTime() - begin, TimeUnit.NANOSECONDS, broken);
      throw broken;
    }
    long took = System.nanoTime() - begin;
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
          failed.failure().cause() == CloudFailure.Cause.TRANSIENT;
      case CloudOutcome.Unknown<T> _ -> true;
    };
  }

  private static <T> CloudOutcome<T> unavailable(String message) {
    return new CloudOutcome.Failed<>(new CloudFailure(CloudFailure.Cause.TRANSIENT, message));
  }

  /** Tells the breaker that a call failed; never thrown. */
  private static final class CloudDownException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
