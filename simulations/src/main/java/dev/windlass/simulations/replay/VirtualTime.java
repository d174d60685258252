package dev.windlass.simulations.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A clock that moves from event to event. */
final class VirtualTime implements InstantSource {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
  private Instant now;
  private long numbers;

  private record Event(Instant at, long number, Runnable effect) {}

  VirtualTime(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void after(Duration delay, Runnable effect) {
    at(now.plus(delay), effect);
  }

  void at(Instant time, Runnable effect) {
    events.add(new Event(time.isBefore(now) ? now : time, numbers++, effect));
  }

  /** When the next event is due, or null when there is none. */
  @Nullable Instant next() {
    Event head = events.peek();
    return head == null ? null : head.at();
  }

  /** Moves to a time and lets everything happen that is due until then. */
  void advance(Instant to) {
    for (Event head = events.peek(); head != null && !head.at().isAfter(to); head = events.peek()) {
      events.poll();
      now = head.at();
      head.effect().run();
    }
    now = to.isBefore(now) ? now : to;
  }
}
