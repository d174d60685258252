package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.gpu.GpuCause;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.scaledown.ScaleDownPlan;
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
    if (gpu.isPresent() && !gpu.get().progress().phase().title().equals("Ready")) {
      return bootstrap(subject, gpu.get());
    }
    for (ScaleDownPlan.Kept kept : plans.scaleDown().kept()) {
      if (kept.node().value().equals(node)) {
        return kept(subject, kept, gpu);
      }
    }
    boolean exists = capacity.nodes().stream().anyMatch(each -> each.name().value().equals(node));
    return exists
        ? new Explanation(
            subject,
            "NotAutoscaled",
            "It belongs to no node group, so Windlass leaves it alone.",
            List.of(),
            List.of())
        : new Explanation(
            subject, "NotFound", "There is no such node in this snapshot.", List.of(), List.of());
  }

  private static Explanation removal(
      String subject, ScaleDownPlan.Removal removal, Optional<GpuPlan.Machine> gpu) {
    List<String> evidence = new ArrayList<>();
    removal
        .moves()
        .forEach(move -> evidence.add("Pod " + move.pod() + " fits on " + move.toNode() + "."));
    gpu.ifPresent(machine -> evidence.add(progress(machine)));
    return new Explanation(
        subject,
        removal.reason().title(),
        "It goes. " + ScaleDownWords.meaning(removal.reason()),
        evidence,
        List.of(ScaleDownWords.remedy(removal.reason())));
  }

  private static Explanation kept(
      String subject, ScaleDownPlan.Kept kept, Optional<GpuPlan.Machine> gpu) {
    List<String> evidence = new ArrayList<>();
    evidence.add(kept.message());
    if (kept.pod() != null) {
      evidence.add("Pod " + kept.pod() + " keeps it.");
    }
    if (kept.until() != null) {
      evidence.add("This ends by itself at " + kept.until() + ".");
    }
    gpu.ifPresent(machine -> evidence.add(progress(machine)));
    return new Explanation(
        subject,
        kept.reason().title(),
        "It stays. " + ScaleDownWords.meaning(kept.reason()),
        evidence,
        List.of(ScaleDownWords.remedy(kept.reason())));
  }

  private static Explanation bootstrap(String subject, GpuPlan.Machine machine) {
    GpuFailure failure = machine.progress().failure();
    List<String> evidence = new ArrayList<>();
    if (failure != null) {
      evidence.add(failure(failure));
    }
    if (machine.progress().deadline() != null) {
      evidence.add("The phase must be over by " + machine.progress().deadline() + ".");
    }
    if (machine.action() != null) {
      evidence.add(machine.action());
    }
    return new Explanation(
        subject,
        failure == null ? machine.progress().phase().title() : failure.cause(),
        progress(machine),
        evidence,
        failure == null ? List.of() : remedy(failure).stream().toList());
  }

  private static String progress(GpuPlan.Machine machine) {
    return "GPU bootstrap of stack "
        + machine.stack()
        + ", phase "
        + machine.progress().phase().title()
        + ": "
        + GpuWords.meaning(machine.progress().phase());
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
