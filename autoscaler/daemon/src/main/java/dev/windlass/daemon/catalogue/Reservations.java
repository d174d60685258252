package dev.windlass.daemon.catalogue;

import dev.windlass.core.model.Resources;
import java.util.Map;

/**
 * Allocatable amounts from advertised ones, by the clouds' documented rules, for types whose
 * allocatable amounts no source names. A real node of the same type beats them.
 */
final class Reservations {
  private static final long MIB = 1L << 20;
  private static final int USUAL_MAX_PODS = 110;
  private static final int EVICTION_MIB = 100;

  /** The smallest usual root disk, 20 GiB, less a tenth for eviction and 1 GiB for the system. */
  private static final long ROOT_DISK_MIB = 17 * 1024;

  private Reservations() {}

  /** What pods may ask for on a machine with these advertised amounts. */
  static Resources allocatable(String cloud, double cores, double memoryGib) {
    double memoryMib = memoryGib * 1024;
    double cpuMilli = cores * 1000;
    return switch (cloud) {
      case "aws" ->
          // EKS: 7.5 % of the memory never reaches the guest; kubelet reserves 11 MiB a pod + 255.
          amounts(
              cpuMilli - taperedCpuMilli(cores),
              memoryMib * 0.925 - (11 * USUAL_MAX_PODS + 255) - EVICTION_MIB);
      case "azure" ->
          // AKS 1.29 and later: 20 MB a pod + 50 MB, at most a quarter of the memory.
          amounts(
              cpuMilli - aksCpuMilli(cores),
              memoryMib
                  - Math.min((20 * USUAL_MAX_PODS + 50) * 0.95367, memoryMib / 4)
                  - EVICTION_MIB);
      default ->
          // GKE: the kernel keeps 1/64, then a share that falls with size.
          amounts(
              cpuMilli - taperedCpuMilli(cores),
              memoryMib * 63 / 64 - 16 - taperedMemoryMib(memoryMib) - EVICTION_MIB);
    };
  }

  static Resources amounts(double cpuMilli, double memoryMib) {
    return amounts(cpuMilli, memoryMib, USUAL_MAX_PODS);
  }

  static Resources amounts(double cpuMilli, double memoryMib, int maxPods) {
    return Resources.of(
        Map.of(
            Resources.CPU,
            wholeOf(cpuMilli),
            Resources.MEMORY,
            wholeOf(memoryMib) * MIB,
            Resources.EPHEMERAL_STORAGE,
            ROOT_DISK_MIB * MIB,
            Resources.PODS,
            (long) maxPods));
  }

  private static long wholeOf(double amount) {
    return (long) Math.max(0, amount);
  }

  /** EKS and GKE: 6 % of the first core, 1 % of the second, 0.5 % of two more, 0.25 % beyond. */
  private static double taperedCpuMilli(double cores) {
    return 60 * clamp(cores, 0, 1)
        + 10 * clamp(cores, 1, 2)
        + 5 * clamp(cores, 2, 4)
        + 2.5 * clamp(cores, 4, Double.MAX_VALUE);
  }

  /** AKS: 60, 100, 140, 180, 260, 420 and 740 thousandths at 1, 2, 4, 8, 16, 32 and 64 cores. */
  private static double aksCpuMilli(double cores) {
    return 60 * clamp(cores, 0, 1)
        + 40 * clamp(cores, 1, 2)
        + 20 * clamp(cores, 2, 4)
        + 10 * clamp(cores, 4, Double.MAX_VALUE);
  }

  /** GKE: 25 % of 4 GiB, 20 % of 4 more, 10 % of 8, 6 % of 112, 2 % beyond; 255 MiB under 1 GiB. */
  private static double taperedMemoryMib(double memoryMib) {
    double gib = memoryMib / 1024;
    if (gib <= 1) {
      return 255;
    }
    return 1024
        * (0.25 * clamp(gib, 0, 4)
            + 0.20 * clamp(gib, 4, 8)
            + 0.10 * clamp(gib, 8, 16)
            + 0.06 * clamp(gib, 16, 128)
            + 0.02 * clamp(gib, 128, Double.MAX_VALUE));
  }

  /** How much of an amount lies between two bounds. */
  private static double clamp(double amount, double from, double to) {
    return Math.max(0, Math.min(amount, to) - from);
  }
}
