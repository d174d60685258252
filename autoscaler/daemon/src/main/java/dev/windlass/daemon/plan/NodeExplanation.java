package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.gpu.GpuCause;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.daemon.plan.Explanation.Evidence;
import dev.windlass.daemon.plan.Explanation.Fact;
import dev.windlass.daemon.plan.Explanation.Facts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Why a node goes or stays, and how far a GPU node is. */
final class NodeExplanation {
  private NodeExplanation() {}

  static Explanation of(String node, ClusterSnapshot.Capacity capacity, Decision.Plans plans) {
    String subject = "node " + node;
    Optional<GpuPlan.Machine> gpu =
        plans.gpu().machines().stream().filter(each -> each.name().equals(node)).findFirst();
    for (ScaleDownPlan.Removal removal : plans.scaleDown().removals()) {
      if (removal.node().value().equals(node)) {
        return removal(subject, removal, gpu);
      }
    }
    if (gpu.isPresent() && gpu.get().progress().phase() != GpuPhase.READY) {
      return bootstrap(subject, gpu.get());
    }
    for (ScaleDownPlan.Kept kept : plans.scaleDown().kept()) {
      if (kept.node().value().equals(node)) {
        return kept(subject, kept);
      }
    }
    boolean exists = capacity.nodes().stream().anyMatch(each -> each.name().value().equals(node));
    return exists
        ? plain(
            subject, "NotAutoscaled", "It belongs to no node group, so Windlass leaves it alone.")
        : plain(subject, "NotFound", "There is no such node in this snapshot.");
  }

  private static Explanation plain(String subject, String code, String title) {
    return new Explanation(subject, code, title, Evidence.NONE, List.of());
  }

  private static Explanation removal(
      String subject, ScaleDownPlan.Removal removal, Optional<GpuPlan.Machine> gpu) {
    List<List<String>> rows =
        removal.moves().stream()
            .map(move -> List.of(move.pod().toString(), move.toNode().value()))
            .toList();
    Facts facts =
        new Facts()
            .add("Node group", removal.nodeGroup())
            .add(Fact.REMEDY, ScaleDownWords.remedy(removal.reason()));
    gpu.map(machine -> machine.progress().failure())
        .ifPresent(failure -> facts.add("Cause", failure(failure)));
    return new Explanation(
        subject,
        removal.reason().title(),
        "It goes. " + ScaleDownWords.meaning(removal.reason()),
        new Evidence(List.of("Pod", "Fits on"), rows),
        facts.list());
  }

  private static Explanation kept(String subject, ScaleDownPlan.Kept kept) {
    return new Explanation(
        subject,
        kept.reason().title(),
        "It stays. " + ScaleDownWords.meaning(kept.reason()),
        Evidence.NONE,
        new Facts()
            .add("Compared", kept.message())
            .add("Node group", kept.nodeGroup())
            .add("Pod", kept.pod())
            .add("Until", kept.until())
            .add(Fact.REMEDY, ScaleDownWords.remedy(kept.reason()))
            .list());
  }

  private static Explanation bootstrap(String subject, GpuPlan.Machine machine) {
    GpuPlan.Progress progress = machine.progress();
    GpuFailure failure = progress.failure();
    List<List<String>> rows = new ArrayList<>();
    for (GpuPhase phase : GpuPhase.values()) {
      if (progress.started().containsKey(phase)) {
        rows.add(List.of(phase.title(), progress.started().get(phase).toString()));
      }
    }
    Facts facts =
        new Facts()
            .add("Stack", machine.stack())
            .add("Node group", machine.nodeGroup())
            .add("Deadline", progress.deadline())
            .add("Now", machine.action())
            .add("Cause", failure == null ? null : failure(failure))
            .add(Fact.REMEDY, failure == null ? null : remedy(failure).orElse(null));
    return new Explanation(
        subject,
        failure == null ? progress.phase().title() : failure.cause(),
        "GPU bootstrap, phase "
            + progress.phase().title()
            + ": "
            + GpuWords.meaning(progress.phase()),
        new Evidence(List.of("Phase", "Began"), rows),
        facts.list());
  }

  /** A GPU failure in one sentence. */
  static String failure(GpuFailure failure) {
    return failure.cause() + " in phase " + failure.phase().title() + ": " + failure.message();
  }

  /** What to do about a failure; nothing is known of a cause that only an agent names. */
  static Optional<String> remedy(GpuFailure failure) {
    return Arrays.stream(GpuCause.values())
        .filter(cause -> cause.title().equals(failure.cause()))
        .findFirst()
        .map(GpuWords::remedy);
  }
}
