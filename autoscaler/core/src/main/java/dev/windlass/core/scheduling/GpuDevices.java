package dev.windlass.core.scheduling;

import java.util.Arrays;

/**
 * The GPU devices of one node, each with its free thousandths. A share lies on one device; a whole
 * device must be entirely free.
 */
final class GpuDevices {
  static final int WHOLE = 1000;

  private final int[] free;

  private GpuDevices(int[] free) {
    this.free = free;
  }

  static GpuDevices of(long count) {
    int[] free = new int[(int) Math.max(0, Math.min(count, 1024))];
    Arrays.fill(free, WHOLE);
    return new GpuDevices(free);
  }

  GpuDevices copy() {
    return new GpuDevices(free.clone());
  }

  /** How many devices are entirely free. */
  int whole() {
    int count = 0;
    for (int each : free) {
      count += each == WHOLE ? 1 : 0;
    }
    return count;
  }

  /** How many devices' worth is taken, shares included. */
  double used() {
    long taken = 0;
    for (int each : free) {
      taken += WHOLE - each;
    }
    return (double) taken / WHOLE;
  }

  /** How many shares of this size fit, each on one device. */
  int shares(int share) {
    int count = 0;
    for (int each : free) {
      count += each / share;
    }
    return count;
  }

  /** The largest share that fits. */
  int largest() {
    int most = 0;
    for (int each : free) {
      most = Math.max(most, each);
    }
    return most;
  }

  /** Takes whole devices; those that are missing are overcommitted by somebody else. */
  void takeWhole(long count) {
    long left = count;
    for (int device = free.length - 1; device >= 0 && left > 0; device--) {
      if (free[device] == WHOLE) {
        free[device] = 0;
        left--;
      }
    }
  }

  /**
   * Takes a share from the device with the least room for it.
   *
   * @param named the device to take it from, or -1 for the best one
   */
  void takeShare(int share, int named) {
    int device = named >= 0 && named < free.length ? named : bestFor(share);
    if (device >= 0) {
      free[device] = Math.max(0, free[device] - share);
    }
  }

  private int bestFor(int share) {
    int best = -1;
    for (int device = 0; device < free.length; device++) {
      if (free[device] >= share && (best < 0 || free[device] < free[best])) {
        best = device;
      }
    }
    return best;
  }
}
