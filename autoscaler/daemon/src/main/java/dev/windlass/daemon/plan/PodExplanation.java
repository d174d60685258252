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
import dev.windlass.daemon.plan.Explanation.Evidence;
import dev.windlass.daemon.plan.Explanation.Fact;
import dev.windlass.daemon.plan.Explanation.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    return plain(subject, "NotFound", "There is no such pod in this snapshot.");
  }

  private static Explanation plain(String subject, String code, String title) {
    return new Explanation(subject, code, title, Evidence.NONE, List.of());
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
        .map(each -> unhelped(subject, each, plan));
  }

  private static Explanation placed(String subject, PodPlacement placement, ScaleUpPlan plan) {
    return switch (placement) {
      case PodPlacement.OnNode on ->
          new Explanation(
              subject,
              "FitsExistingNode",
              "It fits on a node that exists.",
              Evidence.NONE,
              new Facts().add("Node", on.node()).list());
      case PodPlacement.OnNewNode on ->
          new Explanation(
              subject,
              "NodeComing",
              "A node for it is on its way.",
              Evidence.NONE,
              new Facts()
                  .add("New node", on.newNode())
                  .add("Because", increase(on.nodeGroup(), plan))
                  .list());
    };
  }

  private static String increase(NodeGroupName group, ScaleUpPlan plan) {
    return plan.increases().stream()
        .filter(each -> each.nodeGroup().equals(group))
        .map(each ->
            "Node group %s grows from %d to %d: %s"
                .formatted(group, each.from(), each.to(), each.reason()))
        .findFirst()
        .orElse("It was ordered before.");
  }

  /** One row for all node groups that gave the same answer. */
  private static Explanation unhelped(String subject, Unhelped unhelped, ScaleUpPlan plan) {
    Map<List<String>, List<String>> groups = new LinkedHashMap<>();
    Facts facts = new Facts();
    for (Unhelped.Reason reason : unhelped.reasons()) {
      groups
          .computeIfAbsent(List.of(reason.rule().title(), reason.message()), _ -> new ArrayList<>())
          .add(reason.nodeGroup() == null ? "–" : reason.nodeGroup().value());
      facts.add(Fact.REMEDY, reason.rule().title() + ": " + ScaleUpWords.remedy(reason.rule()));
    }
    List<List<String>> rows = new ArrayList<>();
    groups.forEach((answer, names) ->
        rows.add(List.of(String.join(", ", names), answer.getFirst(), answer.getLast())));
    long alike =
        plan.unhelped().stream().filter(each -> each.reasons().equals(unhelped.reasons())).count();
    facts.add("Pods with the same answers", alike);
    String code =
        unhelped.reasons().isEmpty() ? "Pending" : unhelped.reasons().getFirst().rule().title();
    return new Explanation(
        subject,
        code,
        "It stays pending: no node group helps it.",
        new Evidence(List.of("Node group", "Rule", "What it said"), rows),
        facts.list());
  }

  private static Explanation unbound(String subject, Pod pod) {
    if (pod.status().scheduling() == PodStatus.Scheduling.GATED) {
      return plain(
          subject,
          "SchedulingGated",
          "It waits for its scheduling gates, and no node is bought for it until they open.");
    }
    if (pod.isPending() && !pod.isDaemon()) {
      String scheduler = pod.placement().schedulerName();
      return plain(
          subject,
          "OtherScheduler",
          "It waits for the scheduler " + scheduler + ", for whose pods no node is bought.");
    }
    return pod.isPending()
        ? plain(subject, "Pending", "It is pending; this decision says no more.")
        : plain(subject, "Ending", "It is ending or has ended and needs no node.");
  }

  private static Explanation bound(
      String subject, ObjectKey key, NodeName node, ScaleDownPlan plan) {
    for (ScaleDownPlan.Removal removal : plan.removals()) {
      for (ScaleDownPlan.Move move : removal.moves()) {
        if (move.pod().equals(key)) {
          return new Explanation(
              subject,
              removal.reason().title(),
              "It runs on a node that goes, and fits on another.",
              Evidence.NONE,
              new Facts()
                  .add("Node", node)
                  .add("Because", ScaleDownWords.meaning(removal.reason()))
                  .add("Fits on", move.toNode())
                  .list());
        }
      }
    }
    Facts facts = new Facts().add("Node", node);
    for (ScaleDownPlan.Kept kept : plan.kept()) {
      if (key.equals(kept.pod())) {
        facts.add("It keeps its node", kept.reason().title() + ", " + kept.message());
      }
    }
    return new Explanation(subject, "Bound", "It runs.", Evidence.NONE, facts.list());
  }
}
