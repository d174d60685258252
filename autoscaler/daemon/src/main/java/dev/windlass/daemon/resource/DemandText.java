package dev.windlass.daemon.resource;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Replicas over time as a short text: the differences between neighbours, the first one against 0,
 * as zigzag varints, in base64.
 */
final class DemandText {
  /** Longer histories are not ours. */
  private static final int MOST_STEPS = 4096;

  private DemandText() {}

  static String of(int[] replicas) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int last = 0;
    for (int each : replicas) {
      int difference = each - last;
      int rest = (difference << 1) ^ (difference >> 31);
      while ((rest & ~0x7F) != 0) {
        bytes.write((rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      bytes.write(rest);
      last = each;
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /** The replicas; empty for a text that is not of this form. */
  static Optional<int[]> parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    int[] replicas = new int[Math.min(bytes.length, MOST_STEPS)];
    int steps = 0;
    int last = 0;
    int rest = 0;
    int shift = 0;
    for (byte each : bytes) {
      rest |= (each & 0x7F) << shift;
      shift += 7;
      if (each >= 0) {
        last += (rest >>> 1) ^ -(rest & 1);
        if (steps == MOST_STEPS || last < 0) {
          return Optional.empty();
        }
        replicas[steps++] = last;
        rest = 0;
        shift = 0;
      } else if (shift > 28) {
        return Optional.empty();
      }
    }
    return shift == 0 ? Optional.of(Arrays.copyOf(replicas, steps)) : Optional.empty();
  }
}
