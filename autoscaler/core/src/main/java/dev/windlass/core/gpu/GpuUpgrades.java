package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState.PhaseStart;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scaledown.NodeClearing;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chooses the nodes that follow a change of their stack next, so many of each group at a time as
 * the stack says. All that is remembered stands on the nodes, so that nodes may come and go. A node
 * that does not get replaced within its turn lets the others go first.
 */
final class GpuUpgrades {
  /** How long a node may take part of what is replaced at a time. */
  static final Duration TURN = Duration.ofHours(1);

  private final NodeClearing clearing;
  private final Instant now;
  private final Map<NodeGroupName, Integer> taken = new HashMap<>();
  private final List<GpuRetiring> retiring = new ArrayList<>();
  private final List<Action> steps = new ArrayList<>();

  private GpuUpgrades(ClusterSnapshot snapshot, Policy policy, Instant now) {
    clearing = new NodeClearing(snapshot, policy, now);
    this.now = now;
  }

  /** An outdated node and when it was tried last; never is long ago. */
  private record Candidate(GpuMachine machine, Node node, Instant triedAt) {
    static final Comparator<Candidate> LONGEST_WAITING =
        Comparator.comparing(Candidate::triedAt).thenComparing(each -> each.node.name());

    boolean isMarked() {
      return node.hasTaint(Keys.GPU_OUTDATED);
    }
  }

  static GpuUpgrades plan(
      ClusterSnapshot snapshot,
      Policy policy,
      Instant now,
      Map<String, GpuMachine> machines,
      Map<String, PhaseStart> phases) {
    GpuUpgrades upgrades = new GpuUpgrades(snapshot, policy, now);
    List<Candidate> candidates = new ArrayList<>();
    machines.forEach((key, machine) -> {
      Node node = machine.node();
      PhaseStart phase = phases.get(key);
      boolean ready = phase != null && phase.phase() == GpuPhase.READY;
      if (node != null && ready && isOutdated(machine, node)) {
        candidates.add(new Candidate(machine, node, triedAt(node)));
      }
    });
    candidates.sort(Candidate.LONGEST_WAITING);
    candidates.stream().filter(Candidate::isMarked).forEach(upgrades::goOn);
    candidates.stream().filter(each -> !each.isMarked()).forEach(upgrades::begin);
    return upgrades;
  }

  List<GpuRetiring> retiring() {
    return retiring;
  }

  List<Action> steps() {
    return steps;
  }

  private static boolean isOutdated(GpuMachine machine, Node node) {
    String wanted = machine.stack().upgrade().version();
    String made = node.annotations().getOrDefault(Keys.GPU_STACK_VERSION, wanted);
    boolean ours =
        machine.instance() != null && machine.group().settings().mode() == NodeGroup.Mode.ACTING;
    return ours && !made.equals(wanted) && node.status().deletedAt() == null;
  }

  private static Instant triedAt(Node node) {
    try {
      String written = node.annotations().get(Keys.GPU_OUTDATED_SINCE);
      return written == null ? Instant.EPOCH : Instant.parse(written);
    } catch (DateTimeException _) {
      return Instant.EPOCH;
    }
  }

  private void goOn(Candidate candidate) {
    boolean itsTurn = now.isBefore(candidate.triedAt().plus(TURN));
    boolean leaving = candidate.machine().isLeaving();
    if (itsTurn) {
      taken.merge(candidate.machine().group().name(), 1, Integer::sum);
    }
    if (itsTurn || leaving) {
      retire(candidate, candidate.triedAt());
    } else {
      steps.add(mark(candidate, false, candidate.triedAt(), "it could not be replaced in time"));
    }
  }

  private void begin(Candidate candidate) {
    NodeGroupName group = candidate.machine().group().name();
    int most = candidate.machine().stack().upgrade().maxSurge();
    boolean unfit =
        candidate.machine().isLeaving()
            || candidate.node().hasTaint(Keys.GPU_UNHEALTHY)
            || candidate.node().hasTaint(Keys.GPU_NOT_READY);
    if (unfit || taken.getOrDefault(group, 0) >= most) {
      return;
    }
    if (clearing.survey(candidate.node().name()).obstacle().isEmpty()) {
      taken.merge(group, 1, Integer::sum);
      steps.add(mark(candidate, true, now, "another version of its GPU stack made it"));
    }
  }

  private void retire(Candidate candidate, Instant since) {
    NodeClearing.Survey survey = clearing.survey(candidate.node().name());
    retiring.add(
        new GpuRetiring(candidate.node(), candidate.machine().group(), since, survey.movable()));
  }

  private static Action mark(Candidate candidate, boolean present, Instant since, String why) {
    Node node = candidate.node();
    return new Action.ChangeGpuTaint(
        node.name(),
        node.identity(),
        Keys.GPU_OUTDATED,
        present,
        new TreeMap<>(Map.of(Keys.GPU_OUTDATED_SINCE, since.toString())),
        why);
  }
}
