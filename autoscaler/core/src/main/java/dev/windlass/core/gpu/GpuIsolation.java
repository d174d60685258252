package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps new pods off GPU nodes in trouble that no group with a GPU stack has: somebody else must
 * repair them. They open again when nothing has gone wrong for an hour.
 */
final class GpuIsolation {
  private static final Duration QUIET = Duration.ofHours(1);

  private GpuIsolation() {}

  /** The steps for the nodes of all agents but those of the managed nodes. */
  static List<Action> of(ClusterSnapshot snapshot, Set<NodeName> managed, Instant now) {
    Map<NodeName, GpuNode> agents = new HashMap<>();
    for (GpuNode agent : snapshot.gpu().nodes()) {
      if (!managed.contains(agent.node()) && !agent.health().equals(GpuHealth.GOOD)) {
        agents.put(agent.node(), agent);
      }
    }
    List<Action> steps = new ArrayList<>();
    if (!agents.isEmpty()) {
      for (Node node : snapshot.capacity().nodes()) {
        GpuNode agent = agents.get(node.name());
        if (agent != null) {
          steps.addAll(steps(node, agent.health(), now));
        }
      }
    }
    return steps;
  }

  private static List<Action> steps(Node node, GpuHealth health, Instant now) {
    List<Action> steps = new ArrayList<>();
    GpuRepairNote note = GpuRepairNote.read(node).filter(GpuRepairNote::isOpen).orElse(null);
    GpuTrouble trouble = GpuTrouble.of(health, now.minus(QUIET));
    if (trouble.isSerious()) {
      GpuRepairNote due = note == null ? GpuRepairNote.due(trouble, now) : note;
      GpuHealthWrites.close(node, due).ifPresent(steps::add);
      GpuHealthWrites.report(node, due).ifPresent(steps::add);
      return steps;
    }
    GpuRepairNote well = new GpuRepairNote(GpuRepair.NONE, false, now, "");
    GpuHealthWrites.report(node, well).ifPresent(steps::add);
    if (node.hasTaint(Keys.GPU_UNHEALTHY)) {
      steps.add(GpuHealthWrites.open(node, well, "its devices have been well for an hour"));
    }
    return steps;
  }
}
