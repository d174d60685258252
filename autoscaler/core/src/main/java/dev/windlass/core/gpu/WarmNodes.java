package dev.windlass.core.gpu;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Toleration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps GPU nodes free for pods to come: a pod in thought that takes all devices of a node stands
 * for each. Being the least important, it gives way to every real pod, and then buys the next.
 */
public final class WarmNodes {
  private static final String NAMESPACE = "windlass-warm";

  private WarmNodes() {}

  /** The pods in thought, called {@code windlass-warm/GROUP-N}. */
  public static List<Pod> podsToCome(ClusterSnapshot snapshot, Policy policy, Instant now) {
    List<Pod> pods = new ArrayList<>();
    for (NodeGroup group : snapshot.capacity().groups()) {
      boolean acting = group.settings().mode() == NodeGroup.Mode.ACTING;
      long devices = acting ? devices(snapshot, group) : 0;
      for (int each = 1; devices > 0 && each <= group.settings().warmNodes(); each++) {
        pods.add(pod(group, each, resource(snapshot, group), devices, policy, now));
      }
    }
    return pods;
  }

  private static String resource(ClusterSnapshot snapshot, NodeGroup group) {
    GpuStackName name = group.settings().gpuStack();
    return snapshot.gpu().stacks().stream()
        .filter(stack -> stack.name().equals(name))
        .map(GpuStack::resource)
        .findFirst()
        .orElse(Resources.NVIDIA_GPU);
  }

  /** The fewest devices of a node of the group. */
  private static long devices(ClusterSnapshot snapshot, NodeGroup group) {
    String resource = resource(snapshot, group);
    return group.offerings().stream()
        .map(Offering::template)
        .mapToLong(template -> template.allocatable().get(resource))
        .filter(amount -> amount > 0)
        .min()
        .orElse(0);
  }

  private static Pod pod(
      NodeGroup group, int number, String resource, long devices, Policy policy, Instant now) {
    PodPlacementRules rules =
        new PodPlacementRules(
            Map.of(Keys.NODE_GROUP, group.name().value()),
            null,
            List.of(Toleration.exists("")),
            List.of(),
            List.of(),
            List.of());
    PodSpec spec =
        PodSpec.of(Resources.of(Map.of(resource, devices)), rules)
            .withPriority(policy.scaleUp().expendableBelow());
    return new Pod(
        new ObjectKey(NAMESPACE, group.name() + "-" + number),
        new PodMetadata(Identity.NONE, Map.of(), Map.of(), null, now, null),
        spec,
        PodStatus.NEW,
        Pod.Placement.UNPLACED,
        Pod.Lifecycle.USUAL);
  }
}
