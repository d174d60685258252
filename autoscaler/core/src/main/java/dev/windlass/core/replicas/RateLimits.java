package dev.windlass.core.replicas;

import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.ScaleEvent;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.RatePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far a behavior's policies let the target move now, given how far it has moved.
 *
 * @param behavior the policies
 * @param events changes of size, newest last
 * @param now the decision's time
 */
record RateLimits(ScalingBehavior behavior, List<ScaleEvent> events, Instant now) {
  RateLimits {
    events = List.copyOf(events);
  }

  /** The most replicas; never below the current. */
  int highest(int current) {
    Direction rules = behavior.scaleUp();
    IntStream limits = limits(rules, policy -> grown(policy, current));
    int limit =
        switch (rules.select()) {
          case DISABLED -> current;
          case MAX -> limits.max().orElse(current);
          case MIN -> limits.min().orElse(current);
        };
    return Math.max(limit, current);
  }

  /** The fewest replicas; never above the current. */
  int lowest(int current) {
    Direction rules = behavior.scaleDown();
    IntStream limits = limits(rules, policy -> shrunk(policy, current));
    int limit =
        switch (rules.select()) {
          case DISABLED -> current;
          case MAX -> limits.min().orElse(current);
          case MIN -> limits.max().orElse(current);
        };
    return Math.min(limit, current);
  }

  /**
   * The changes of size with a new one, without those that no policy looks at any more. A change
   * counts for the policies of both directions, so the longest period of both holds.
   */
  List<ScaleEvent> remember(ScaleEvent added) {
    List<ScaleEvent> kept = new ArrayList<>();
    Instant cutoff =
        added.at().minus(longestPeriod(Stream.of(behavior.scaleUp(), behavior.scaleDown())));
    for (ScaleEvent event : events) {
      if (event.at().isAfter(cutoff)) {
        kept.add(event);
      }
    }
    kept.add(added);
    while (kept.size() > ScalerHistory.MAX_ENTRIES) {
      foldOldest(kept);
    }
    return kept;
  }

  /**
   * The same as a HorizontalPodAutoscaler remembers: a change takes the place of the newest one of
   * its direction that no policy of that direction looks at, though one of the other may.
   */
  List<ScaleEvent> rememberStrictly(ScaleEvent added) {
    boolean growth = added.change() > 0;
    Direction rules = growth ? behavior.scaleUp() : behavior.scaleDown();
    Instant cutoff = added.at().minus(longestPeriod(Stream.of(rules)));
    List<ScaleEvent> kept = new ArrayList<>(events);
    for (int i = kept.size() - 1; i >= 0; i--) {
      ScaleEvent event = kept.get(i);
      if (event.change() > 0 == growth && event.at().isBefore(cutoff)) {
        kept.remove(i);
        break;
      }
    }
    return new RateLimits(behavior, kept, now).remember(added);
  }

  /** Joins the two oldest changes of one direction; among three there are two. */
  private static void foldOldest(List<ScaleEvent> events) {
    for (int later = 1; later < events.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        ScaleEvent first = events.get(earlier);
        ScaleEvent second = events.get(later);
        if (first.change() > 0 == second.change() > 0) {
          events.set(later, join(first, second));
          events.remove(earlier);
          return;
        }
      }
    }
  }

  private static ScaleEvent join(ScaleEvent first, ScaleEvent second) {
    return new ScaleEvent(second.at(), first.change() + second.change(), first.since());
  }

  private static IntStream limits(Direction rules, ToIntFunction<RatePolicy> limit) {
    return rules.policies().stream().mapToInt(limit);
  }

  private int grown(RatePolicy policy, int current) {
    int start = atStartOf(policy.period(), current, true);
    return switch (policy.unit()) {
      case PODS -> (int) Math.min(Integer.MAX_VALUE, (long) start + policy.value());
      case PERCENT -> (int) Math.ceil(start * (1 + policy.value() / 100.0));
    };
  }

  private int shrunk(RatePolicy policy, int current) {
    int start = atStartOf(policy.period(), current, false);
    return switch (policy.unit()) {
      case PODS -> start - policy.value();
      case PERCENT -> (int) (start * (1 - policy.value() / 100.0));
    };
  }

  /**
   * The size when a period began. Where several changes are one entry, it is not known which of
   * them were within the period: those that leave less room are taken to be, the others not.
   */
  private int atStartOf(Duration period, int current, boolean growing) {
    Instant cutoff = now.minus(period);
    int size = current;
    for (ScaleEvent event : events) {
      boolean leavesLess = event.change() > 0 == growing;
      Instant counted = leavesLess ? event.at() : event.since();
      if (counted.isAfter(cutoff)) {
        size -= event.change();
      }
    }
    return size;
  }

  private static Duration longestPeriod(Stream<Direction> directions) {
    return directions
        .flatMap(rules -> rules.policies().stream())
        .map(RatePolicy::period)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
