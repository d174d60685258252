package dev.windlass.core.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Up to 64 slots of one class with a bound on what is free on any of them, so that a shape that is
 * too large passes by all of them at once. The bound may be too high, never too low.
 */
final class SlotBlock {
  static final int SIZE = 64;

  private final List<Slot> slots = new ArrayList<>(SIZE);
  private final long[] most;
  private boolean loose;

  SlotBlock(int columns) {
    most = new long[columns];
    Arrays.fill(most, Long.MIN_VALUE);
  }

  List<Slot> slots() {
    return slots;
  }

  boolean isFull() {
    return slots.size() == SIZE;
  }

  void add(Slot slot) {
    slots.add(slot);
    slot.block = this;
    raise(slot);
  }

  void remove(Slot slot) {
    slots.remove(slot);
    slot.block = null;
    loose = true;
  }

  /** Takes note that a slot has more room than before. */
  void raise(Slot slot) {
    for (int column = 0; column < most.length; column++) {
      most[column] = Math.max(most[column], slot.free[column]);
    }
  }

  /** Whether a slot may have room for one pod. */
  boolean mayHold(long[] requests) {
    for (int column = 0; column < most.length; column++) {
      if (requests[column] > most[column] && requests[column] > 0) {
        return false;
      }
    }
    return true;
  }

  /** Takes note that a slot has less room than before. */
  void loosen() {
    loose = true;
  }

  /** Makes the bound exact. */
  void tighten() {
    if (loose) {
      Arrays.fill(most, Long.MIN_VALUE);
      slots.forEach(this::raise);
      loose = false;
    }
  }
}
