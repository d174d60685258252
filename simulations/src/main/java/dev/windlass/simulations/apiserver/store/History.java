package dev.windlass.simulations.apiserver.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last changes of one type, in order of version; the oldest are dropped when it is full. */
final class History {
  private static final int INITIAL = 64;
  private final int limit;
  private @Nullable Change[] ring = new @Nullable Change[INITIAL];
  private int first;
  private int size;
  private long forgotten;

  History(int limit, long forgotten) {
    this.limit = limit;
    this.forgotten = forgotten;
  }

  /** The newest version that is no longer here: what came after it is complete. */
  long forgotten() {
    return forgotten;
  }

  void add(Change change) {
    if (size == limit) {
      forgotten = get(0).version();
      ring[first] = null;
      first = (first + 1) % ring.length;
      size--;
    }
    if (size == ring.length) {
      grow();
    }
    ring[(first + size) % ring.length] = change;
    size++;
  }

  void forget(long version) {
    forgotten = Math.max(forgotten, version);
    while (size > 0 && get(0).version() <= version) {
      ring[first] = null;
      first = (first + 1) % ring.length;
      size--;
    }
  }

  /** All changes after a version, oldest first, at most {@code max}. */
  List<Change> after(long version, int max) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle).version() <= version) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int end = Math.min(size, low + max);
    List<Change> found = new ArrayList<>(end - low);
    for (int i = low; i < end; i++) {
      found.add(get(i));
    }
    return found;
  }

  private Change get(int index) {
    Change change = ring[(first + index) % ring.length];
    if (change == null) {
      throw new IllegalStateException("no change at " + index);
    }
    return change;
  }

  private void grow() {
    @Nullable Change[] larger = new @Nullable Change[Math.min(limit, ring.length * 2)];
    for (int i = 0; i < size; i++) {
      larger[i] = get(i);
    }
    ring = larger;
    first = 0;
  }
}
