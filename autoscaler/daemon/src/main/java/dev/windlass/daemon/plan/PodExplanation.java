package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a pod runs where it runs, or stays pending. */
final class PodExplanation {
  private PodExplanation() {}

  static Explanation of(ObjectKey key, List<Pod> pods, Decision.Plans plans) {
    String subject = "pod " + key;
    Optional<Explanation> planned = planned(subject, key, plans.scaleUp());
    if (planned.isPresent()) {
      return planned.get();
    }
    for (Pod pod : pods) {
      if (pod.key().equals(key)) {
        NodeName node = pod.placement().node();
        return node == null ? unbound(subject, pod) : bound(subject, key, node, plans.scaleDown());
      }
    }
    return new Explanation(
        subject, "NotFound", "There is no such pod in this snapshot.", List.of(), List.of());
  }

  private static Optional<Explanation> planned(String subject, ObjectKey key, ScaleUpPlan plan) {
    for (PodPlacement placement : plan.placements()) {
      if (placement.pod().equals(key)) {
        return Optional.of(placed(subject, placement, plan));
      }
    }
    return plan.unhelped().stream()
        .filter(each -> each.pod().equals(key))
        .findFirst()
        .map(each -> unhelped(subject, each));
  }

  private static Explanation placed(String subject, PodPlacement placement, ScaleUpPlan plan) {
    return switch (placement) {
      case PodPlacement.OnNode on ->
          new Explanation(
              subject,
              "FitsExistingNode",
              "It is expected to run on node " + on.node() + ", which exists.",
              List.of(),
              List.of());
      case PodPlacement.OnNewNode on ->
          new Explanation(
              subject,
              "NodeComing",
              "It is expected to run on " + on.newNode() + ", a node that is on its way.",
              increase(on.nodeGroup(), plan),
              List.of());
    };
  }

  private static List<String> increase(NodeGroupName group, ScaleUpPlan plan) {
    return plan.increases().stream()
        .filter(each -> each.nodeGroup().equals(group))
        .map(each ->
            "Node group %s grows from %d to %d: %s"
                .formatted(group, each.from(), each.to(), each.reason()))
        .toList();
  }

  private static Explanation unhelped(String subject, Unhelped unhelped) {
    List<String> evidence = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    for (Unhelped.Reason reason : unhelped.reasons()) {
      evidence.add(sentence(reason));
      remedies.add(ScaleUpWords.remedy(reason.rule()));
    }
    String code =
        unhelped.reasons().isEmpty() ? "Pending" : unhelped.reasons().getFirst().rule().title();
    return new Explanation(
        subject, code, "It stays pending: no node group helps it.", evidence, remedies);
  }

  /** One node group's answer. */
  static String sentence(Unhelped.Reason reason) {
    String who = reason.nodeGroup() == null ? "" : "Node group " + reason.nodeGroup() + ": ";
    return who + reason.rule().title() + ", " + reason.message();
  }

  private static Explanation unbound(String subject, Pod pod) {
    if (pod.status().scheduling() == PodStatus.Scheduling.GATED) {
      return new Explanation(
          subject,
          "SchedulingGated",
          "It waits for its scheduling gates, and no node is bought for it until they open.",
          List.of(),
          List.of("Whoever set the gates removes them."));
    }
    if (pod.isPending()) {
      return new Explanation(
          subject, "Pending", "It is pending; this decision says no more.", List.of(), List.of());
    }
    return new Explanation(
        subject, "Ending", "It is ending or has ended and needs no node.", List.of(), List.of());
  }

  private static Explanation bound(
      String subject, ObjectKey key, NodeName node, ScaleDownPlan plan) {
    for (ScaleDownPlan.Removal removal : plan.removals()) {
      for (ScaleDownPlan.Move move : removal.moves()) {
        if (move.pod().equals(key)) {
          return new Explanation(
              subject,
              removal.reason().title(),
              "It runs on node " + node + ", which goes; it fits on node " + move.toNode() + ".",
              List.of(ScaleDownWords.meaning(removal.reason())),
              List.of());
        }
      }
    }
    List<String> keeps =
        plan.kept().stream()
            .filter(kept -> key.equals(kept.pod()))
            .map(kept -> "It keeps its node: " + kept.reason().title() + ", " + kept.message())
            .toList();
    return new Explanation(subject, "Bound", "It runs on node " + node + ".", keeps, List.of());
  }
}
