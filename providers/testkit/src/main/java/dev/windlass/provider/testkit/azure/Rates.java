package dev.windlass.provider.testkit.azure;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Token buckets of the compute service: each request takes one from its resource's and one from the
 * subscription's. Figures are those that the service documents, in tokens a minute and in all.
 */
final class Rates {
  private final Map<String, Bucket> buckets = new HashMap<>();
  private boolean enforced;

  void enforce() {
    enforced = true;
  }

  /** Whether a request may pass; takes its tokens if so. */
  boolean take(Route route, String resource, Instant now) {
    List<Bucket> both =
        switch (route) {
          case UPDATE_SET, UPDATE_POOL -> buckets(route, resource, 4, 12, 500, 1_500);
          case DELETE_INSTANCES, DELETE_MACHINES -> buckets(route, resource, 4, 12, 175, 525);
          case SET -> buckets(route, resource, 12, 36, 800, 2_400);
          case INSTANCES -> buckets(route, resource, 10, 30, 360, 1_080);
          case MACHINES, SETS_OF_GROUP, SETS_OF_SUBSCRIPTION ->
              buckets(route, resource, 300, 900, 300, 900);
          case OPERATION, POOL_OPERATION -> buckets(route, resource, 15, 45, 5_000, 15_000);
          case USAGES, SKUS, RESERVATION_GROUP, RESERVATIONS, CLUSTER, POOLS, POOL, PRICES ->
              List.of();
        };
    both.forEach(bucket -> bucket.refill(now));
    if (enforced && both.stream().anyMatch(bucket -> bucket.tokens < 1)) {
      return false;
    }
    both.forEach(bucket -> bucket.tokens--);
    return true;
  }

  /** What is left, as the service's header says it. */
  String remaining() {
    double least = buckets.values().stream().mapToDouble(each -> each.tokens).min().orElse(900);
    return "Microsoft.Compute/HighCostGetSubscriptionMaximum;" + (long) Math.max(0, least);
  }

  private List<Bucket> buckets(
      Route route, String resource, int refill, int burst, int allRefill, int allBurst) {
    return List.of(
        buckets.computeIfAbsent(route + "/" + resource, _ -> new Bucket(refill, burst)),
        buckets.computeIfAbsent(route.name(), _ -> new Bucket(allRefill, allBurst)));
  }

  private static final class Bucket {
    private final int refillPerMinute;
    private final int burst;
    private double tokens;
    private Instant refilledAt = Instant.EPOCH;

    Bucket(int refillPerMinute, int burst) {
      this.refillPerMinute = refillPerMinute;
      this.burst = burst;
      this.tokens = burst;
    }

    void refill(Instant now) {
      double minutes = Duration.between(refilledAt, now).toMillis() / 60_000.0;
      tokens = Math.min(burst, tokens + minutes * refillPerMinute);
      refilledAt = now;
    }
  }
}
