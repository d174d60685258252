package dev.windlass.core.scaledown;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Empties nodes that stay, by the drainability rules and within the disruption budgets; what one
 * node takes of a budget is not there for the next.
 */
public final class NodeClearing {
  private final DrainContext context;
  private final Budgets budgets;
  private final Map<NodeName, List<Pod>> pods = new HashMap<>();

  public NodeClearing(ClusterSnapshot snapshot, Policy policy, Instant now) {
    context =
        new DrainContext(snapshot.workloads().budgets(), policy.scaleUp().expendableBelow(), now);
    budgets = new Budgets(snapshot.workloads().budgets(), context);
    for (Pod pod : snapshot.workloads().pods()) {
      NodeName node = pod.placement().node();
      if (node != null && pod.occupiesNode()) {
        pods.computeIfAbsent(node, _ -> new ArrayList<>()).add(pod);
      }
    }
  }

  /**
   * The next step to empty a node.
   *
   * @param evictions pods to evict now
   * @param left pods that are there now, these included
   * @param ending those of them that end already
   * @param obstacle what keeps one of them there; empty when nothing does
   */
  public record Step(List<Action> evictions, int left, int ending, String obstacle) {
    public Step {
      evictions = List.copyOf(evictions);
    }

    /** Whether the node is empty or gets emptier. */
    public boolean goesOn() {
      return left == 0 || ending > 0 || !evictions.isEmpty();
    }
  }

  /** The next step to rid a node of these pods; pods that belong to the node itself stay. */
  public Step of(NodeName node, Predicate<Pod> which) {
    List<Action> evictions = new ArrayList<>();
    int left = 0;
    int ending = 0;
    String obstacle = "";
    for (Pod pod : pods.getOrDefault(node, List.of())) {
      if (!which.test(pod)) {
        continue;
      }
      ending += pod.metadata().deletedAt() == null ? 0 : 1;
      switch (DrainabilityRule.judgeAll(pod, context)) {
        case DrainVerdict.Skip _, DrainVerdict.EvictLast _ -> {}
        case DrainVerdict.Wait _ -> left++;
        case DrainVerdict.Block(KeptReason _, String message) -> {
          left++;
          obstacle = message;
        }
        case DrainVerdict.Evict _ -> {
          left++;
          if (pod.metadata().deletedAt() == null && budgets.take(pod)) {
            evictions.add(new Action.EvictPod(pod.key(), pod.metadata().identity(), node));
          }
        }
      }
    }
    return new Step(evictions, left, ending, obstacle);
  }

  /**
   * What it would take to empty a node.
   *
   * @param movable pods that may be evicted and do not end already
   * @param obstacle what keeps another pod there; empty when nothing does
   */
  public record Survey(List<Pod> movable, String obstacle) {
    public Survey {
      movable = List.copyOf(movable);
    }
  }

  /** Looks at all pods of a node, and takes nothing of any budget. */
  public Survey survey(NodeName node) {
    List<Pod> movable = new ArrayList<>();
    String obstacle = "";
    for (Pod pod : pods.getOrDefault(node, List.of())) {
      switch (DrainabilityRule.judgeAll(pod, context)) {
        case DrainVerdict.Skip _, DrainVerdict.EvictLast _ -> {}
        case DrainVerdict.Wait(String message) -> obstacle = message;
        case DrainVerdict.Block(KeptReason _, String message) -> obstacle = message;
        case DrainVerdict.Evict _ -> {
          if (pod.metadata().deletedAt() == null) {
            movable.add(pod);
          }
        }
      }
    }
    return new Survey(movable, obstacle);
  }
}
