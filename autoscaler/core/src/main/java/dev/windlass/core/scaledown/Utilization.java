package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.EffectiveRequests;

/**
 * The share of a node that its pods ask for, 0 to 1 and more: of its GPUs when it has some, else
 * the larger of cpu and memory. Daemons and images of static pods count, as in Cluster Autoscaler.
 */
final class Utilization {
  private Utilization() {}

  static double of(ClusterMap.Site site) {
    Resources allocatable = site.node().status().allocatable();
    Resources asked = Resources.NONE;
    long shares = 0;
    for (Pod pod : site.pods()) {
      asked = asked.plus(EffectiveRequests.of(pod.spec()));
      shares += pod.spec().gpuMilli();
    }
    long gpus = allocatable.get(Resources.NVIDIA_GPU);
    if (gpus > 0) {
      return (asked.get(Resources.NVIDIA_GPU) + shares / 1000.0) / gpus;
    }
    return Math.max(
        share(asked, allocatable, Resources.CPU), share(asked, allocatable, Resources.MEMORY));
  }

  private static double share(Resources asked, Resources allocatable, String name) {
    long all = allocatable.get(name);
    return all == 0 ? 0 : (double) asked.get(name) / all;
  }
}
