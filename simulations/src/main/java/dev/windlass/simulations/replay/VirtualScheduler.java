package dev.windlass.simulations.replay;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.ClusterMap.Site;
import dev.windlass.core.scheduling.NodeStanding;
import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Binds pending pods as kube-scheduler does with NodeResourcesFit set to MostAllocated, which is
 * what GPU clusters use: by priority and age, each to the first node that takes it; nodes without
 * GPUs are asked first by pods that want none, and among alike the fuller ones.
 */
final class VirtualScheduler {
  private VirtualScheduler() {}

  /** A pod and its node. */
  record Binding(ObjectKey pod, NodeName node) {}

  static List<Binding> bind(ClusterSnapshot snapshot, AutoscalerState state, Instant now) {
    ClusterMap map = ClusterMap.of(snapshot, state, List.of(), now);
    Workspace workspace = map.workspace();
    List<Site> sites = new ArrayList<>();
    Map<NodeName, Integer> running = new HashMap<>();
    for (Site site : map.sites().values()) {
      if (site.standing() == NodeStanding.READY) {
        sites.add(site);
        running.put(site.node().name(), site.pods().size());
      }
    }
    sites.sort(
        Comparator.comparing((Site site) -> gpus(site) > 0)
            .thenComparingInt(site -> -running.getOrDefault(site.node().name(), 0))
            .thenComparing(site -> site.node().name()));
    List<Pod> pending = new ArrayList<>(snapshot.workloads().pods());
    pending.removeIf(pod -> !pod.isPending());
    pending.sort(
        Comparator.comparingInt((Pod pod) -> -pod.spec().priority())
            .thenComparing(pod -> pod.metadata().createdAt())
            .thenComparing(Pod::key));
    List<Binding> bindings = new ArrayList<>();
    Set<PodShape> hopeless = new HashSet<>();
    for (Pod pod : pending) {
      PodShape shape = workspace.shape(pod);
      if (hopeless.contains(shape)) {
        continue;
      }
      boolean bound = false;
      for (Site site : sites) {
        if (workspace.place(shape, site.slot(), 1) > 0) {
          bindings.add(new Binding(pod.key(), site.node().name()));
          bound = true;
          break;
        }
      }
      if (!bound) {
        hopeless.add(shape);
      }
    }
    return bindings;
  }

  private static long gpus(Site site) {
    return site.node().status().allocatable().get(Resources.NVIDIA_GPU);
  }
}
