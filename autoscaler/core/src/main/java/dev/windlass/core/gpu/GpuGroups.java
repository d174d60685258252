package dev.windlass.core.gpu;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.scheduling.DaemonReach;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what groups with a GPU stack lack: the startup taint at birth, and its toleration. */
final class GpuGroups {
  private static final Taint GATE = Taint.noSchedule(Keys.GPU_NOT_READY);

  private final ClusterSnapshot snapshot;
  private final Map<NodeGroupName, Node> newest = new HashMap<>();
  private final Map<GpuStackName, String> resources = new HashMap<>();
  private final List<GpuFailedMachine> failed;

  private GpuGroups(
      ClusterSnapshot snapshot, Collection<GpuMachine> machines, List<GpuFailedMachine> failed) {
    this.snapshot = snapshot;
    this.failed = failed;
    for (GpuStack stack : snapshot.gpu().stacks()) {
      resources.put(stack.name(), stack.resource());
    }
    for (GpuMachine machine : machines) {
      Node node = machine.node();
      if (node != null && !machine.worksWithoutBootstrap()) {
        newest.merge(machine.group().name(), node, GpuGroups::younger);
      }
    }
  }

  static List<GpuGroup> of(
      ClusterSnapshot snapshot, Collection<GpuMachine> machines, List<GpuFailedMachine> failed) {
    GpuGroups all = new GpuGroups(snapshot, machines, failed);
    List<GpuGroup> groups = new ArrayList<>();
    for (NodeGroup group : snapshot.capacity().groups()) {
      GpuStackName stack = group.settings().gpuStack();
      if (stack != null) {
        groups.add(all.group(group, stack));
      }
    }
    groups.sort(Comparator.comparing(GpuGroup::name));
    return groups;
  }

  private GpuGroup group(NodeGroup group, GpuStackName stack) {
    Node node = newest.get(group.name());
    String gatedBy = node == null ? null : gatedBy(node);
    return new GpuGroup(
        group.name(),
        node == null || gatedBy == null ? null : node.name(),
        gatedBy == null ? "" : gatedBy,
        intolerant(group, resources.getOrDefault(stack, Resources.NVIDIA_GPU)),
        misfits(group, stack),
        failed.stream().filter(each -> each.group().equals(group.name())).toList());
  }

  private List<String> misfits(NodeGroup group, GpuStackName stack) {
    List<String> misfits = new ArrayList<>();
    if (!resources.containsKey(stack)) {
      misfits.add("GpuStack " + stack + " does not exist or is not valid");
    }
    for (Offering offering : group.offerings()) {
      Offering.Obstacle obstacle = offering.obstacle();
      if (obstacle != null && !obstacle.passing()) {
        misfits.add(offering.variant().instanceType() + ": " + obstacle.message());
      }
    }
    return misfits.stream().distinct().toList();
  }

  /** Who added the node's startup taint; empty while nobody has; null when it was born with it. */
  private static @Nullable String gatedBy(Node node) {
    String noted = node.annotations().get(Keys.GPU_GATED_BY);
    boolean firstSeen = !node.annotations().containsKey(Keys.GPU_PHASE);
    return noted == null && firstSeen && !node.hasTaint(Keys.GPU_NOT_READY) ? "" : noted;
  }

  /** Those that ask for the group's devices are right to wait for them. */
  private List<ObjectKey> intolerant(NodeGroup group, String resource) {
    return snapshot.workloads().daemonSets().stream()
        .filter(daemon ->
            daemon.spec().containers().stream()
                .noneMatch(container -> container.requests().get(resource) > 0))
        .filter(daemon ->
            daemon.spec().rules().tolerations().stream()
                .noneMatch(toleration -> toleration.tolerates(GATE)))
        .filter(daemon ->
            group.offerings().stream()
                .anyMatch(offering -> DaemonReach.runsOn(daemon, offering.template())))
        .map(DaemonSet::key)
        .sorted()
        .toList();
  }

  private static Node younger(Node left, Node right) {
    Comparator<Node> order =
        Comparator.comparing((Node node) -> node.status().createdAt()).thenComparing(Node::name);
    return order.compare(left, right) >= 0 ? left : right;
  }
}
