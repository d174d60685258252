package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodStatus;
import java.time.Instant;
import java.util.List;

/**
 * A node that is being replaced because another version of its stack made it. Its pods count as
 * demand while they still run, so that their new node is there before they are evicted.
 *
 * @param node the node
 * @param group its group
 * @param since since when this has been tried
 * @param pods those that have to move
 */
public record GpuRetiring(Node node, NodeGroup group, Instant since, List<Pod> pods) {
  private static final String MOVED = "/moved";

  public GpuRetiring {
    pods = List.copyOf(pods);
  }

  /** The pods as their controllers will make them anew, called {@code NAME/moved}. */
  public List<Pod> podsToCome(Instant now) {
    return pods.stream().map(pod -> anew(pod, now)).toList();
  }

  /** The name under which a pod of this node is to come. */
  ObjectKey keyAnew(Pod pod) {
    return new ObjectKey(pod.key().namespace(), pod.key().name() + MOVED);
  }

  /** Begins to drain it. */
  Action drain() {
    return new Action.TaintForRemoval(
        node.name(), node.identity(), "another version of its GPU stack made it");
  }

  private Pod anew(Pod pod, Instant now) {
    PodMetadata known = pod.metadata();
    return new Pod(
        keyAnew(pod),
        new PodMetadata(
            Identity.NONE, known.labels(), known.annotations(), known.controller(), now, null),
        pod.spec(),
        PodStatus.NEW,
        new Pod.Placement(
            null, null, null, pod.placement().schedulerName(), null, pod.placement().preferences()),
        pod.lifecycle());
  }
}
