package dev.windlass.provider.gcp;

/**
 * What is left of a machine for pods, by GKE's documented formulas and the kernel's own use as
 * Cluster Autoscaler measured it. Amounts are bytes and thousandths of a core.
 */
final class Allocatable {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final int SHARED_CORE_CPU = 1_060;

  private Allocatable() {}

  /** Processor time kept by the system. */
  static long reservedCpuMilli(int cores, boolean shared) {
    if (shared) {
      return SHARED_CORE_CPU;
    }
    return Math.round(
        60 * between(cores, 0, 1)
            + 10 * between(cores, 1, 2)
            + 5 * between(cores, 2, 4)
            + 2.5 * between(cores, 4, Integer.MAX_VALUE));
  }

  /** Memory kept by the system. */
  static long reservedMemory(long memoryBytes) {
    double gib = (double) memoryBytes / GIB;
    double reserved =
        gib <= 1
            ? 255.0 / 1024
            : 0.25 * between(gib, 0, 4)
                + 0.2 * between(gib, 4, 8)
                + 0.1 * between(gib, 8, 16)
                + 0.06 * between(gib, 16, 128)
                + 0.02 * between(gib, 128, Double.MAX_VALUE);
    return ((long) (reserved * 1024)) * MIB;
  }

  /** Memory that the kernel takes before kubelet sees it. */
  static long kernelMemory(long memoryBytes, String distribution, String arch) {
    long kernel = memoryBytes / 64 + 16 * MIB;
    kernel += memoryBytes > 3 * GIB ? 64 * MIB : 0;
    kernel += memoryBytes <= 8 * GIB ? 8 * MIB : 0;
    boolean cos = distribution.startsWith("cos");
    boolean ubuntu = distribution.startsWith("ubuntu");
    if (cos || ubuntu) {
      kernel += Math.min(Math.round(memoryBytes * 0.00175), 248 * MIB);
    }
    kernel += ubuntu ? 4 * MIB : 0;
    boolean armOnCos = cos && arch.equals("arm64");
    return kernel + (armOnCos ? Math.round(memoryBytes * (1 - 0.9971)) : 0);
  }

  /** Boot disk kept by the system. */
  static long reservedBootDisk(long diskBytes) {
    double share = Math.min(0.5 * diskBytes, 0.35 * diskBytes + 6.0 * GIB);
    return Math.round(Math.min(share, 100.0 * GIB));
  }

  /** Local disks' space kept by the system. */
  static long reservedLocalSsd(int disks) {
    return switch (disks) {
      case 0 -> 0;
      case 1 -> 50 * GIB;
      case 2 -> 75 * GIB;
      default -> 100 * GIB;
    };
  }

  private static double between(double amount, double from, double to) {
    return Math.max(0, Math.min(amount, to) - from);
  }
}
