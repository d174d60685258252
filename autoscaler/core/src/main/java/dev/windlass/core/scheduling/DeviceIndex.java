package dev.windlass.core.scheduling;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;

/** The GPU device that holds a pod's share, where whoever bound the pod wrote it down. */
final class DeviceIndex {
  private DeviceIndex() {}

  /** The device's number from 0, or -1 when it is not known. */
  static int of(Pod pod) {
    String written = pod.metadata().annotations().get(Keys.GPU_INDEX);
    if (written == null || !written.matches("\\d{1,4}")) {
      return -1;
    }
    return Integer.parseInt(written);
  }
}
