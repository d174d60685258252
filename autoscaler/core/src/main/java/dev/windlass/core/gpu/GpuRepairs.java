package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scaledown.NodeClearing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Repairs ready GPU nodes whose devices are in trouble. Such a node is isolated at once by a taint,
 * up to half of its group. Then its pods that use devices, or before a reboot all of its pods, are
 * evicted within their disruption budgets, so many nodes of a group at a time as the stack says;
 * its agent resets the devices or boots the machine and looks at them anew; and when it has been
 * quiet for a while the taint goes. Trouble that comes back asks for the next stronger repair, the
 * last of which is another machine. All that is remembered stands on the node.
 */
final class GpuRepairs {
  private final Instant now;
  private final NodeClearing clearing;
  private final Map<NodeGroupName, Integer> nodes = new HashMap<>();
  private final Map<NodeGroupName, Integer> isolated = new HashMap<>();
  private final Map<NodeGroupName, Integer> underRepair = new HashMap<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();

  private GpuRepairs(ClusterSnapshot snapshot, Policy policy, Instant now) {
    this.now = now;
    clearing = new NodeClearing(snapshot, policy, now);
  }

  /**
   * The next step for one node.
   *
   * @param steps what to do
   * @param reason why, or what it waits for; null when all is well
   */
  record Verdict(List<Action> steps, @Nullable String reason) {
    static final Verdict WELL = new Verdict(List.of(), null);
  }

  /** Finds the next step of every ready machine, those longest in trouble first. */
  static GpuRepairs plan(
      ClusterSnapshot snapshot,
      Policy policy,
      Instant now,
      SortedMap<String, GpuMachine> machines,
      Map<String, PhaseStart> phases) {
    GpuRepairs repairs = new GpuRepairs(snapshot, policy, now);
    List<GpuPatient> patients = new ArrayList<>();
    machines.forEach((key, machine) -> {
      PhaseStart phase = phases.get(key);
      Node node = machine.node();
      GpuNode agent = machine.agent();
      if (node != null && agent != null && phase != null && phase.phase() == GpuPhase.READY) {
        patients.add(new GpuPatient(machine, node, agent, phase.startedAt()));
      }
    });
    patients.forEach(repairs::count);
    patients.sort(
        Comparator.comparing(GpuPatient::noteSince).thenComparing(each -> each.machine().key()));
    patients.forEach(each -> repairs.verdicts.put(each.machine().key(), repairs.verdict(each)));
    return repairs;
  }

  /** Whether a node is under treatment, so that a failed repair asks for the next stronger one. */
  static boolean isTreated(@Nullable Node node) {
    return node != null && GpuRepairNote.read(node).filter(GpuRepairNote::isOpen).isPresent();
  }

  /** The failure of a node that no repair has helped; null for every other. */
  static @Nullable GpuFailure givenUp(@Nullable Node node) {
    return node == null
        ? null
        : GpuRepairNote.read(node)
            .filter(note -> note.repair() == GpuRepair.REPLACE)
            .map(note -> new GpuFailure(GpuPhase.READY, "DeviceUnhealthy", note.cause()))
            .orElse(null);
  }

  Verdict of(GpuMachine machine) {
    return verdicts.getOrDefault(machine.key(), Verdict.WELL);
  }

  private void count(GpuPatient patient) {
    NodeGroupName group = patient.group();
    nodes.merge(group, 1, Integer::sum);
    if (patient.node().hasTaint(Keys.GPU_UNHEALTHY)) {
      isolated.merge(group, 1, Integer::sum);
    }
    GpuRepairNote note = patient.note();
    if (note != null && note.ordered() && patient.repairedAt(note) == null) {
      underRepair.merge(group, 1, Integer::sum);
    }
  }

  private Verdict verdict(GpuPatient patient) {
    GpuRepairNote note = patient.note();
    List<Action> steps = new ArrayList<>();
    String reason;
    if (note == null || !note.isOpen()) {
      reason = examine(patient, steps);
    } else {
      GpuHealthWrites.report(patient.node(), note).ifPresent(steps::add);
      reason = treat(patient, note, steps);
    }
    return new Verdict(steps, reason);
  }

  private @Nullable String examine(GpuPatient patient, List<Action> steps) {
    Node node = patient.node();
    GpuTrouble trouble = GpuTrouble.of(patient.health(), patient.noteSince());
    restartPods(patient, steps);
    if (!trouble.isSerious()) {
      GpuRepairNote well = new GpuRepairNote(GpuRepair.NONE, false, now, "");
      GpuHealthWrites.report(node, well).ifPresent(steps::add);
      return null;
    }
    int most = Math.max(1, nodes.getOrDefault(patient.group(), 1) / 2);
    if (isolated.getOrDefault(patient.group(), 0) >= most) {
      return "stays open: " + trouble.cause() + ", but half of its group is closed already";
    }
    isolated.merge(patient.group(), 1, Integer::sum);
    GpuHealthWrites.close(node, GpuRepairNote.due(trouble, now)).ifPresent(steps::add);
    return trouble.repair().title() + " is due: " + trouble.cause();
  }

  /** A program that an error has hit is started again; a younger one has not seen it. */
  private void restartPods(GpuPatient patient, List<Action> steps) {
    for (GpuHealth.Xid xid : patient.health().xids()) {
      if (xid.pod() != null && GpuXids.repair(xid.number()) == GpuRepair.RESTART) {
        NodeClearing.Step step =
            clearing.of(
                patient.node().name(),
                pod ->
                    pod.key().equals(xid.pod()) && pod.metadata().createdAt().isBefore(xid.at()));
        steps.addAll(step.evictions());
      }
    }
  }

  private String treat(GpuPatient patient, GpuRepairNote note, List<Action> steps) {
    GpuHealthWrites.close(patient.node(), note).ifPresent(steps::add);
    if (!patient.rules().enabled()) {
      return "isolated: repairs are switched off";
    }
    Instant repairedAt = patient.repairedAt(note);
    if (repairedAt != null) {
      return watch(patient, note, repairedAt, steps);
    }
    return note.ordered() ? await(patient, note, steps) : empty(patient, note, steps);
  }

  private String empty(GpuPatient patient, GpuRepairNote note, List<Action> steps) {
    int running = underRepair.getOrDefault(patient.group(), 0);
    int most = patient.rules().maxRepairs();
    if (running >= most) {
      return "isolated: " + most + " of its group are repaired at a time";
    }
    NodeClearing.Step step =
        clearing.of(
            patient.node().name(),
            pod -> note.repair() != GpuRepair.RESET || patient.usesDevices(pod));
    steps.addAll(step.evictions());
    if (step.goesOn()) {
      underRepair.merge(patient.group(), 1, Integer::sum);
    }
    if (step.left() > 0) {
      String why = step.obstacle().isEmpty() ? "" : ": " + step.obstacle();
      return "waits for " + step.left() + " pods to leave" + why;
    }
    GpuRepairNote ordered = new GpuRepairNote(note.repair(), true, now, note.cause());
    GpuHealthWrites.close(patient.node(), ordered).ifPresent(steps::add);
    return "is empty: " + note.repair().title() + " begins";
  }

  private String await(GpuPatient patient, GpuRepairNote note, List<Action> steps) {
    if (!now.isBefore(note.since().plus(GpuPatient.AGENT_TIME))) {
      return escalate(patient, note, "no end of " + note.repair().title(), steps);
    }
    Action order = patient.order(note);
    if (!order.id().equals(patient.agent().operation())) {
      steps.add(order);
    } else if (patient.agent().failure() != null) {
      return escalate(patient, note, patient.agent().failure().message(), steps);
    }
    return "waits for " + note.repair().title();
  }

  private String watch(
      GpuPatient patient, GpuRepairNote note, Instant repairedAt, List<Action> steps) {
    GpuTrouble trouble = GpuTrouble.of(patient.health(), repairedAt);
    if (trouble.isSerious()) {
      return escalate(patient, note, trouble.cause(), steps);
    }
    if (!patient.machine().isOrdered(GpuPhase.VALIDATING)) {
      steps.add(patient.machine().startOf(patient.node(), GpuPhase.VALIDATING));
    } else if (patient.agent().failure() != null) {
      return escalate(patient, note, patient.agent().failure().message(), steps);
    }
    Instant quiet = repairedAt.plus(patient.rules().quiet());
    if (now.isBefore(quiet)) {
      return "is watched until " + quiet;
    }
    if (!patient.machine().hasDevices()) {
      return escalate(patient, note, patient.machine().deviceCount(), steps);
    }
    GpuRepairNote healed = new GpuRepairNote(GpuRepair.NONE, false, now, "");
    String why = "its devices have been well since " + repairedAt;
    steps.add(GpuHealthWrites.open(patient.node(), healed, why));
    return why;
  }

  private String escalate(
      GpuPatient patient, GpuRepairNote note, String cause, List<Action> steps) {
    GpuRepairNote next = new GpuRepairNote(note.repair().next(), false, now, cause);
    GpuHealthWrites.close(patient.node(), next).ifPresent(steps::add);
    return note.repair().title() + " did not help, " + next.repair().title() + " is due: " + cause;
  }
}
