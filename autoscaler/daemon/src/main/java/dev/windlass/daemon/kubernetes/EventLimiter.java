package dev.windlass.daemon.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says which events are written: one for each object and reason in five minutes, and at most so
 * many a second in all. Surplus is counted. Time comes in; not safe for several threads.
 */
final class EventLimiter {
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final int MAX_REMEMBERED = 20_000;

  private final int perSecond;
  private final Map<Key, Instant> written =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  private Instant second = Instant.EPOCH;
  private int inSecond;
  private long surplus;

  private record Key(String object, String reason) {}

  EventLimiter(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether the event is to be written; if so, it counts as written. */
  boolean admits(String object, String reason, Instant now) {
    Key key = new Key(object, reason);
    Instant before = written.get(key);
    if (before != null && now.isBefore(before.plus(INTERVAL))) {
      return false;
    }
    if (!now.isBefore(second.plusSeconds(1))) {
      second = now;
      inSecond = 0;
    }
    if (inSecond >= perSecond) {
      surplus++;
      return false;
    }
    inSecond++;
    written.remove(key);
    written.put(key, now);
    return true;
  }

  /** How many were news but too many at once, since the start. */
  long surplus() {
    return surplus;
  }
}
