package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.ClusterMap.Site;
import dev.windlass.core.scheduling.EffectiveRequests;

/** How much of a node is asked for by pods that keep it: expendable ones do not. */
final class CountedUtilization {
  private static final double WHOLE_DEVICE_MILLI = 1_000;

  private CountedUtilization() {}

  /** 0 to 1 and more: of the node's GPUs when it has some, else the larger of cpu and memory. */
  static double of(Site site, DrainContext context) {
    if (site.pods().stream().noneMatch(context::isExpendable)) {
      return site.utilization();
    }
    Resources asked = Resources.NONE;
    double devices = 0;
    for (Pod pod : site.pods()) {
      if (!context.isExpendable(pod)) {
        asked = asked.plus(EffectiveRequests.of(pod.spec()));
        devices += pod.spec().gpuMilli() / WHOLE_DEVICE_MILLI;
      }
    }
    Resources all = site.node().status().allocatable();
    long gpus = all.get(Resources.NVIDIA_GPU);
    return gpus > 0
        ? (asked.get(Resources.NVIDIA_GPU) + devices) / gpus
        : Math.max(share(asked, all, Resources.CPU), share(asked, all, Resources.MEMORY));
  }

  private static double share(Resources asked, Resources all, String name) {
    return all.get(name) == 0 ? 0 : (double) asked.get(name) / all.get(name);
  }
}
