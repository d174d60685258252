package dev.windlass.core.gpu;

import dev.windlass.core.gpu.GpuMachine.Seen;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ResourceSlice;
import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.GroupMembership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Joins instances, nodes and agents of GPU groups into machines, in the order of their keys. */
final class GpuMachines {
  private final Map<NodeGroupName, NodeGroup> groups = new HashMap<>();
  private final Map<GpuStackName, GpuStack> stacks = new HashMap<>();
  private final Map<NodeName, GpuNode> agents = new HashMap<>();
  private final GpuOperandPods operands;
  private final Map<String, Map<String, Long>> published = new HashMap<>();
  private final GroupMembership membership;
  private final Map<String, Node> nodesByProvider = new HashMap<>();
  private final SortedMap<String, GpuMachine> machines = new TreeMap<>();

  private GpuMachines(ClusterSnapshot snapshot) {
    membership = new GroupMembership(snapshot.capacity());
    operands = GpuOperandPods.of(snapshot.workloads().pods());
    for (NodeGroup group : snapshot.capacity().groups()) {
      if (group.settings().gpuStack() != null) {
        groups.put(group.name(), group);
      }
    }
    snapshot.gpu().stacks().forEach(stack -> stacks.put(stack.name(), stack));
    snapshot.gpu().nodes().forEach(agent -> agents.put(agent.node(), agent));
    for (ResourceSlice slice : snapshot.workloads().devices().slices()) {
      if (slice.nodes() instanceof DeviceNodes.One(String node)) {
        published
            .computeIfAbsent(node, _ -> new HashMap<>())
            .merge(slice.pool().driver(), (long) slice.devices().size(), Long::sum);
      }
    }
    for (Node node : snapshot.capacity().nodes()) {
      if (!node.spec().providerId().isEmpty()) {
        nodesByProvider.put(node.spec().providerId(), node);
      }
    }
  }

  /** Every machine of a group with a GPU stack that its cloud is not deleting, by its key. */
  static SortedMap<String, GpuMachine> of(ClusterSnapshot snapshot) {
    boolean none =
        snapshot.capacity().groups().stream()
            .noneMatch(group -> group.settings().gpuStack() != null);
    if (none) {
      return new TreeMap<>();
    }
    GpuMachines join = new GpuMachines(snapshot);
    Set<String> known = new HashSet<>();
    for (Instance instance : snapshot.capacity().instances()) {
      String id = instance.id().value();
      known.add(id);
      NodeGroup group = join.groups.get(instance.group());
      if (group != null && instance.state() != Instance.State.DELETING) {
        join.add(id, group, instance, join.nodesByProvider.get(id));
      }
    }
    for (Node node : snapshot.capacity().nodes()) {
      String provider = node.spec().providerId();
      NodeGroup group = known.contains(provider) ? null : join.membership.group(node).orElse(null);
      if (group != null) {
        join.add(AutoscalerState.gpuKey(node), group, null, node);
      }
    }
    return join.machines;
  }

  private void add(String key, NodeGroup group, @Nullable Instance instance, @Nullable Node node) {
    GpuStackName name = group.settings().gpuStack();
    if (name == null) {
      return;
    }
    GpuStack stack = stacks.get(name);
    boolean hasStack = stack != null;
    GpuStack followed =
        stack == null ? new GpuStack(name, Resources.NVIDIA_GPU, Map.of(), 1) : stack;
    Seen seen =
        node == null
            ? new Seen(instance, null, null, Map.of(), Map.of())
            : new Seen(
                instance,
                node,
                agents.get(node.name()),
                operands.on(node),
                published.getOrDefault(node.name().value(), Map.of()));
    long devices = GpuMachine.expectedDevices(group, followed, seen);
    machines.put(key, new GpuMachine(key, group, followed, hasStack, seen, devices));
  }
}
