package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of failed machines. A machine is deleted, its Node tainted one decision earlier, so
 * that demand buys another; pods that got there are drained by scale-down in between. When a kind
 * of machine has failed as often in a row as its stack allows, one failed machine is kept for an
 * hour as evidence and the kind is left alone.
 */
final class GpuReplacement {
  /** Machines that one decision may delete; the others wait for the next. */
  static final int MAX_DELETIONS = 10;

  private final Policy policy;
  private final Sight sight;
  private final Map<String, List<Instant>> failures;
  private final Set<NodeName> occupied = new HashSet<>();
  private final Set<String> withEvidence = new HashSet<>();
  private int deletions;
  private int draining;

  GpuReplacement(
      ClusterSnapshot snapshot, Policy policy, Sight sight, Map<String, List<Instant>> failures) {
    this.policy = policy;
    this.sight = sight;
    this.failures = failures;
    for (Pod pod : snapshot.workloads().pods()) {
      NodeName node = pod.placement().node();
      if (node != null && pod.occupiesNode() && !pod.isDaemon() && !pod.isMirror()) {
        occupied.add(node);
      }
    }
    for (Node node : snapshot.capacity().nodes()) {
      draining += node.hasTaint(Keys.DISRUPTED) && occupied.contains(node.name()) ? 1 : 0;
    }
  }

  /**
   * The next step for one failed machine.
   *
   * @param action what to do, or null
   * @param reason why, or why nothing is done
   */
  record Verdict(@Nullable Action action, String reason) {}

  /** Decides about one failed machine; call it once for each, in a stable order. */
  Verdict of(GpuMachine machine, String cause) {
    Instance instance = machine.instance();
    if (instance == null) {
      return kept("no cloud knows its machine");
    }
    String obstacle = obstacle(machine);
    if (!obstacle.isEmpty()) {
      return kept(obstacle);
    }
    Node node = machine.node();
    String why = "GPU bootstrap failed: " + cause;
    if (node != null && !node.hasTaint(Keys.DISRUPTED)) {
      return taint(node, why);
    }
    if (node != null && occupied.contains(node.name())) {
      return kept("scale-down drains it first");
    }
    if (deletions >= MAX_DELETIONS) {
      return kept("deferred: " + MAX_DELETIONS + " machines are deleted at a time");
    }
    deletions++;
    String nodeName = node == null ? "" : node.name().value();
    return new Verdict(
        new Action.DeleteInstance(machine.group().name(), instance.id(), nodeName, why),
        "is being replaced");
  }

  private Verdict taint(Node node, String why) {
    int limit = policy.scaleDown().limits().maxDraining();
    if (occupied.contains(node.name())) {
      if (draining >= limit) {
        return kept("deferred: " + limit + " nodes with pods are drained at a time");
      }
      draining++;
    }
    return new Verdict(
        new Action.TaintForRemoval(node.name(), node.identity(), sight.now(), why),
        "is being replaced");
  }

  private String obstacle(GpuMachine machine) {
    Node node = machine.node();
    if (!policy.gpu().replaceFailed()) {
      return "replacing failed machines is switched off";
    }
    if (!machine.hasStack()) {
      return "GpuStack " + machine.stackName() + " does not exist";
    }
    if (!sight.kubernetes() || !sight.cloud()) {
      return "waits for fresh input";
    }
    if (node != null && "true".equals(node.annotations().get(Keys.DO_NOT_DISRUPT))) {
      return Keys.DO_NOT_DISRUPT + " protects it";
    }
    int inARow = failures.getOrDefault(GpuAttempts.kind(machine), List.of()).size();
    boolean exhausted = inARow >= machine.stack().maxAttempts();
    if (exhausted
        && !machine.isTainted(Keys.DISRUPTED)
        && withEvidence.add(GpuAttempts.kind(machine))) {
      return "evidence for an hour: " + inARow + " machines of its kind failed in a row";
    }
    return "";
  }

  private static Verdict kept(String why) {
    return new Verdict(null, "kept: " + why);
  }
}
