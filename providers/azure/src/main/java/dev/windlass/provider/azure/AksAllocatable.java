package dev.windlass.provider.azure;

import dev.windlass.core.model.Resources;
import java.util.Map;

/**
 * What AKS leaves for pods, as its documentation gives it for version 1.29 and later. A real node
 * of the same type beats it.
 */
final class AksAllocatable {
  private static final long MIB = 1L << 20;
  private static final long MB = 1_000_000;
  private static final int EVICTION_MIB = 100;

  private AksAllocatable() {}

  /** 6 % of the first core, 4 % of the second, 2 % of two more, 1 % of the rest, in thousandths. */
  static long reservedMillis(int cores) {
    return 60L * Math.min(cores, 1)
        + 40L * Math.clamp(cores - 1, 0, 1)
        + 20L * Math.clamp(cores - 2, 0, 2)
        + 10L * Math.max(0, cores - 4);
  }

  /** 20 MB for each pod and 50 MB, but a quarter of the memory at most, in bytes. */
  static long reservedMemory(long memoryBytes, int maxPods) {
    return Math.min((20L * maxPods + 50) * MB, memoryBytes / 4);
  }

  /** Cores, memory, ephemeral storage and pods of a node. */
  static Resources of(int cores, long memoryBytes, long diskBytes, int maxPods) {
    return Resources.of(
        Map.of(
            Resources.CPU,
            cores * 1_000L - reservedMillis(cores),
            Resources.MEMORY,
            Math.max(0, memoryBytes - reservedMemory(memoryBytes, maxPods) - EVICTION_MIB * MIB),
            Resources.EPHEMERAL_STORAGE,
            diskBytes / 10 * 9,
            Resources.PODS,
            (long) maxPods));
  }
}
