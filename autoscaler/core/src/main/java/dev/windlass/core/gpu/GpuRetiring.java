package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Pod;
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
  public GpuRetiring {
    pods = List.copyOf(pods);
  }

  /** The pods as their controllers will make them anew, called {@code NAME/moved}. */
  public List<Pod> podsToCome(Instant now) {
    return pods.stream().map(pod -> pod.anew(now)).toList();
  }

  /** Begins to drain it. */
  Action drain(Instant now) {
    return new Action.TaintForRemoval(
        node.name(), node.identity(), now, "another version of its GPU stack made it");
  }
}
