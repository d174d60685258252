package dev.windlass.simulations.replay;

import java.time.Duration;
import java.util.List;

/**
 * One pod of a trace.
 *
 * @param name unique in the trace
 * @param cpuMilli thousandths of a core
 * @param memoryMib MiB
 * @param gpus whole devices, or 1 with a share
 * @param gpuMilli the share of one device when {@code gpus} is 1; 1000 is all of it
 * @param models GPU models that it may run on; empty for any
 * @param arrival when it is created, from the trace's start
 * @param lifetime how long it lives from its first start
 */
record TracePod(
    String name,
    long cpuMilli,
    long memoryMib,
    int gpus,
    int gpuMilli,
    List<String> models,
    Duration arrival,
    Duration lifetime) {
  TracePod {
    models = List.copyOf(models);
  }

  /** Whether it takes a share of a device and not whole ones. */
  boolean isShare() {
    return gpus == 1 && gpuMilli < 1000;
  }

  /** The same pod, created at the trace's start and living for so long. */
  TracePod atOnce(Duration other) {
    return new TracePod(name, cpuMilli, memoryMib, gpus, gpuMilli, models, Duration.ZERO, other);
  }
}
