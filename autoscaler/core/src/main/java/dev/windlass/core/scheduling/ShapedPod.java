package dev.windlass.core.scheduling;

import dev.windlass.core.model.Pod;
import java.util.Comparator;

/** A pod and its shape in a workspace. */
public record ShapedPod(Pod pod, PodShape shape) {
  static final Comparator<ShapedPod> BY_NAME = Comparator.comparing(each -> each.pod.key());

  /**
   * The order in which pods take GPU devices when it was not written down who has which: known
   * shares first, then whole devices, then the other shares, largest first.
   */
  static final Comparator<ShapedPod> DEVICES_KNOWN_FIRST =
      Comparator.comparingInt(ShapedPod::rank)
          .thenComparingInt(each -> -each.pod.spec().gpuMilli())
          .thenComparing(BY_NAME);

  private int rank() {
    int share = pod.spec().gpuMilli();
    if (share > 0 && DeviceIndex.of(pod) >= 0) {
      return 0;
    }
    return share == 0 || share == GpuDevices.WHOLE ? 1 : 2;
  }
}
