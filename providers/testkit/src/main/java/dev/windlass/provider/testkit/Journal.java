package dev.windlass.provider.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every request that a fake got, refused ones included, the oldest first. */
public final class Journal {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * A request in the words of its cloud.
   *
   * @param method the API's method, such as {@code SetDesiredCapacity}
   * @param permission what an identity needs for it, such as {@code autoscaling:SetDesiredCapacity}
   * @param group the cloud's id of the group that it is about, or empty
   * @param zone the zone that it is about, or empty
   * @param writes whether it asks for a change
   * @param arguments the rest, by the API's names
   */
  public record Request(
      String method,
      String permission,
      String group,
      String zone,
      boolean writes,
      Map<String, String> arguments) {
    public Request {
      arguments = Map.copyOf(arguments);
    }
  }

  /**
   * A request and what became of it.
   *
   * @param at the fake's time
   * @param request what was asked
   * @param status the HTTP status of the answer; 0 when none was sent
   * @param happened whether it took effect
   */
  public record Entry(Instant at, Request request, int status, boolean happened) {}

  /** Notes a request. */
  synchronized void add(Entry entry) {
    entries.add(entry);
  }

  /** All of them. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Those of one method. */
  public List<Entry> of(String method) {
    return entries().stream().filter(entry -> entry.request().method().equals(method)).toList();
  }

  /** How many requests of each method there were. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    entries().forEach(entry -> counts.merge(entry.request().method(), 1, Integer::sum));
    return counts;
  }

  /** Forgets all. */
  public synchronized void clear() {
    entries.clear();
  }
}
