package dev.windlass.provider.aws;

import dev.windlass.core.model.Resources;

/**
 * What EKS's node bootstrap (nodeadm) keeps of a machine for itself, by its documented formulas;
 * memory in MiB.
 *
 * @param maxPods how many pods the node takes
 * @param cpuMillis reserved for the kubelet, thousandths of a core
 * @param memoryMib reserved for the kubelet, the eviction threshold excluded
 */
record NodeReserves(int maxPods, long cpuMillis, long memoryMib) {
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;
  private static final long EVICTION_MIB = 100;
  private static final long STORAGE_RESERVED = GIB;

  /**
   * What the virtual machine and the kernel take of the memory that EC2 names; Karpenter's guess.
   */
  private static final double OVERHEAD = 0.075;

  private static final long ARM_OVERHEAD_MIB = 64;

  /** Managed node groups cap the number of pods at one of these. */
  private static final int MANAGED_CAP = 110;

  private static final int LARGE_MANAGED_CAP = 250;
  private static final int LARGE_CORES = 30;

  /** Of a machine that takes this many pods. */
  static NodeReserves of(int cores, int maxPods) {
    return new NodeReserves(maxPods, cpuMillis(cores), 11L * maxPods + 255);
  }

  /** How many pods get an address: the default network card's interfaces keep one each. */
  static int maxPods(int interfaces, int addressesOfEach) {
    return interfaces * (addressesOfEach - 1) + 2;
  }

  /** The same in a managed node group. */
  static int managedMaxPods(int maxPods, int cores) {
    return Math.min(maxPods, cores < LARGE_CORES ? MANAGED_CAP : LARGE_MANAGED_CAP);
  }

  /** 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the others. */
  private static long cpuMillis(int cores) {
    double millis = 60 * Math.min(cores, 1);
    millis += 10 * Math.clamp(cores - 1L, 0, 1);
    millis += 5 * Math.clamp(cores - 2L, 0, 2);
    millis += 2.5 * Math.max(cores - 4, 0);
    return (long) millis;
  }

  /** The memory that a node reports, of what EC2 names. */
  static long capacityBytes(long memoryMib, boolean isArm) {
    double mib = (memoryMib - (isArm ? ARM_OVERHEAD_MIB : 0)) * (1 - OVERHEAD);
    return MIB * (long) mib;
  }

  /** What is left for pods; a tenth of the disk is never used up. */
  Resources allocatable(Resources capacity) {
    long storage = capacity.get(Resources.EPHEMERAL_STORAGE);
    return capacity
        .with(Resources.CPU, Math.max(0, capacity.get(Resources.CPU) - cpuMillis))
        .with(
            Resources.MEMORY,
            Math.max(0, capacity.get(Resources.MEMORY) - (memoryMib + EVICTION_MIB) * MIB))
        .with(Resources.EPHEMERAL_STORAGE, Math.max(0, storage - STORAGE_RESERVED - storage / 10));
  }
}
