package dev.windlass.core.scheduling;

import java.util.Arrays;

/** Counts by domain number; takes room for the domains that were ever counted in, and no more. */
final class SparseCounts {
  private static final int EMPTY = -1;
  private static final int[] NOTHING = {};

  private int[] keys = NOTHING;
  private int[] values = NOTHING;
  private int used;

  int get(int domain) {
    if (used == 0) {
      return 0;
    }
    int at = find(domain);
    return keys[at] == domain ? values[at] : 0;
  }

  /** Adds to a domain's count; returns what it was before. */
  int add(int domain, int amount) {
    if (2 * (used + 1) > keys.length) {
      grow();
    }
    int at = find(domain);
    if (keys[at] == EMPTY) {
      keys[at] = domain;
      used++;
    }
    int before = values[at];
    values[at] = before + amount;
    return before;
  }

  /** What is done with a domain and its count. */
  @FunctionalInterface
  interface Visitor {
    void of(int domain, int count);
  }

  /** Visits every domain whose count is above zero. */
  void forEach(Visitor visitor) {
    for (int at = 0; at < keys.length; at++) {
      if (keys[at] != EMPTY && values[at] > 0) {
        visitor.of(keys[at], values[at]);
      }
    }
  }

  private int find(int domain) {
    int mask = keys.length - 1;
    int at = (domain * 0x9E3779B9) >>> 16 & mask;
    while (keys[at] != domain && keys[at] != EMPTY) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldValues = values;
    keys = new int[Math.max(4, 2 * oldKeys.length)];
    values = new int[keys.length];
    Arrays.fill(keys, EMPTY);
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldKeys[old] != EMPTY) {
        int at = find(oldKeys[old]);
        keys[at] = oldKeys[old];
        values[at] = oldValues[old];
      }
    }
  }
}
