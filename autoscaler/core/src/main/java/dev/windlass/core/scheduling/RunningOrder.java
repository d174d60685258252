package dev.windlass.core.scheduling;

import dev.windlass.core.model.Pod;
import java.util.Comparator;

/** The order in which running pods take GPU devices when it was not written down who has which. */
final class RunningOrder {
  /** Known shares first, then whole devices, then the other shares, largest first. */
  static final Comparator<Pod> DEVICES_KNOWN_FIRST =
      Comparator.comparingInt(RunningOrder::rank)
          .thenComparingInt(pod -> -pod.spec().gpuMilli())
          .thenComparing(Pod::key);

  private RunningOrder() {}

  private static int rank(Pod pod) {
    if (DeviceIndex.of(pod) >= 0) {
      return 0;
    }
    int share = pod.spec().gpuMilli();
    return share == 0 || share == GpuDevices.WHOLE ? 1 : 2;
  }
}
