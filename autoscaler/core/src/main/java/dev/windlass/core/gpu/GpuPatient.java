package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Pod;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A ready GPU machine whose agent speaks.
 *
 * @param machine the machine
 * @param node its node
 * @param agent its agent's word
 * @param readyAt since when it has been ready
 */
record GpuPatient(GpuMachine machine, Node node, GpuNode agent, Instant readyAt) {
  /** How long a reset or a reboot may take. */
  static final Duration AGENT_TIME = Duration.ofMinutes(20);

  @Nullable GpuRepairNote note() {
    return GpuRepairNote.read(node).orElse(null);
  }

  /** Since when its note holds, or it has been ready. */
  Instant noteSince() {
    GpuRepairNote note = note();
    return note == null ? readyAt : note.since();
  }

  GpuHealth health() {
    return agent.health();
  }

  NodeGroupName group() {
    return machine.group().name();
  }

  GpuStack.Health rules() {
    return machine.stack().health();
  }

  /** When the ordered repair was done, or null. */
  @Nullable Instant repairedAt(GpuRepairNote note) {
    Instant at = health().repaired().get(note.repair());
    return at == null || !note.ordered() || at.isBefore(note.since()) ? null : at;
  }

  Action order(GpuRepairNote note) {
    return new Action.RepairGpuNode(
        node.name(), node.identity(), machine.stackName(), note.repair(), note.since());
  }

  /** Whether a reset would hit the pod. */
  boolean usesDevices(Pod pod) {
    return pod.spec().gpuMilli() > 0
        || !pod.spec().attachments().deviceClaims().isEmpty()
        || pod.spec().containers().stream()
            .anyMatch(each -> each.requests().get(machine.stack().resource()) > 0);
  }
}
