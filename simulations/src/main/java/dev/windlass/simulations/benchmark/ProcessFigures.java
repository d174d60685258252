package dev.windlass.simulations.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** What this process has used of processor and heap. */
final class ProcessFigures {
  private static final double MEBIBYTE = 1 << 20;
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private ProcessFigures() {}

  /** Processor time of all threads since the start. */
  static long cpuNanos() {
    return PROCESS.getProcessCpuTime();
  }

  /** What is in use on the heap once garbage is gone. */
  @SuppressWarnings("SystemGcExplicit")
  static double usedMebibytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
  }

  static void forgetPeak() {
    HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** The sum of the pools' peaks, an upper bound of what was in use at once. */
  static double peakMebibytes() {
    return HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MEBIBYTE;
  }
}
