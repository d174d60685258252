package dev.windlass.daemon.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * A step function over time, at most a fixed number of steps: a value that repeats adds none. Not
 * safe for several threads.
 */
final class ChangePoints<T> {
  private final int capacity;
  private final Duration age;
  private final Function<T, Instant> time;
  private final BiPredicate<T, T> same;
  private final Deque<T> points = new ArrayDeque<>();

  ChangePoints(int capacity, Duration age, Function<T, Instant> time, BiPredicate<T, T> same) {
    this.capacity = capacity;
    this.age = age;
    this.time = time;
    this.same = same;
  }

  void add(T point) {
    T last = points.peekLast();
    if (last == null || !same.test(last, point)) {
      points.addLast(point);
    }
    Instant oldest = time.apply(point).minus(age);
    while (points.size() > capacity || hasStepBefore(oldest)) {
      points.removeFirst();
    }
  }

  /** The first step may begin before the window; it goes only when another covers its start. */
  private boolean hasStepBefore(Instant oldest) {
    return points.size() > 1
        && points.stream().skip(1).findFirst().map(time).orElseThrow().isBefore(oldest);
  }

  List<T> steps() {
    return List.copyOf(points);
  }
}
