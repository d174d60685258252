package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.engine.ActionOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An event of the cluster.
 *
 * @param regarding the object that it is about
 * @param warning whether somebody should look at it
 * @param reason one word
 * @param message one sentence
 */
record ClusterEvent(Regarding regarding, boolean warning, String reason, String message) {
  private static final int MAX_ANSWERS = 5;
  private static final int MAX_NAMES = 3;

  /** What the API server takes as an event's note. */
  private static final int MAX_LENGTH = 1_024;

  /**
   * An object.
   *
   * @param apiVersion its group and version
   * @param kind its kind
   * @param key its name; an empty namespace for a cluster-scoped object
   * @param uid its uid; empty when it is not known
   */
  record Regarding(String apiVersion, String kind, ObjectKey key, String uid) {
    static Regarding node(String name, Identity identity) {
      return new Regarding("v1", "Node", new ObjectKey("", name), identity.uid());
    }

    static Regarding nodeGroup(String name) {
      return new Regarding("windlass.dev/v1alpha1", "NodeGroup", new ObjectKey("", name), "");
    }

    static Regarding scaler(ObjectKey key, String uid) {
      return new Regarding("windlass.dev/v1alpha1", "ReplicaScaler", key, uid);
    }

    static Regarding pod(ObjectKey key, Identity identity) {
      return new Regarding("v1", "Pod", key, identity.uid());
    }
  }

  /** What came of an action. */
  static ClusterEvent of(ActionOutcome outcome) {
    if (outcome.action() instanceof Action.ScaleWorkload scale) {
      return ScalerEvents.rescale(scale, outcome);
    }
    String done = reason(outcome.action());
    return switch (outcome) {
      case ActionOutcome.Applied _ ->
          new ClusterEvent(regarding(outcome.action()), false, done, outcome.action().sentence());
      case ActionOutcome.Refused _ ->
          new ClusterEvent(regarding(outcome.action()), false, done + "Refused", outcome.message());
      case ActionOutcome.Failed _ ->
          new ClusterEvent(regarding(outcome.action()), true, done + "Failed", outcome.message());
    };
  }

  /** A pod that waits for a node that has been ordered. */
  static ClusterEvent of(PodPlacement.OnNewNode placement, Identity pod) {
    return new ClusterEvent(
        Regarding.pod(placement.pod(), pod),
        false,
        "TriggeredScaleUp",
        "waits for node "
            + placement.ordinal()
            + " to come of node group "
            + placement.nodeGroup());
  }

  /** A pod that stays pending, with the first few answers and the groups that gave them. */
  static ClusterEvent of(Unhelped unhelped, Identity pod) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Unhelped.Reason each : unhelped.reasons()) {
      List<String> names = groups.computeIfAbsent(each.message(), _ -> new ArrayList<>());
      if (each.nodeGroup() != null) {
        names.add(each.nodeGroup().value());
      }
    }
    String answers =
        groups.entrySet().stream()
            .limit(MAX_ANSWERS)
            .map(each -> names(each.getValue()) + each.getKey())
            .collect(Collectors.joining("; "));
    int more = groups.size() - MAX_ANSWERS;
    String message = answers + (more > 0 ? "; and " + more + " more answers" : "");
    return new ClusterEvent(
        Regarding.pod(unhelped.pod(), pod),
        false,
        "NotTriggerScaleUp",
        message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH - 1) + "…");
  }

  private static String names(List<String> groups) {
    if (groups.isEmpty()) {
      return "";
    }
    int more = groups.size() - MAX_NAMES;
    String first = String.join(", ", groups.subList(0, Math.min(MAX_NAMES, groups.size())));
    return first + (more > 0 ? " and " + more + " more" : "") + ": ";
  }

  private static Regarding regarding(Action action) {
    return switch (action) {
      case Action.ScaleWorkload scale -> Regarding.scaler(scale.scaler(), "");
      case Action.IncreaseGroup increase -> Regarding.nodeGroup(increase.group().value());
      case Action.DeleteInstance delete -> Regarding.nodeGroup(delete.group().value());
      case Action.TaintForRemoval taint -> Regarding.node(taint.node().value(), taint.expected());
      case Action.CancelRemoval cancel -> Regarding.node(cancel.node().value(), cancel.expected());
      case Action.EvictPod evict -> Regarding.pod(evict.pod(), evict.expected());
      case Action.DeleteNodeObject forget ->
          Regarding.node(forget.node().value(), forget.expected());
      case Action.AnnotateNode annotate ->
          Regarding.node(annotate.node().value(), annotate.expected());
      case Action.StartGpuStep step -> Regarding.node(step.node().value(), step.expected());
      case Action.ChangeGpuTaint change -> Regarding.node(change.node().value(), change.expected());
      case Action.RepairGpuNode repair -> Regarding.node(repair.node().value(), repair.expected());
      case Action.ReportGpuHealth report ->
          Regarding.node(report.node().value(), report.expected());
      case Action.OpenGpuNode open -> Regarding.node(open.node().value(), open.expected());
    };
  }

  private static String reason(Action action) {
    return switch (action) {
      case Action.ScaleWorkload _ -> ScalerEvents.RESCALED;
      case Action.IncreaseGroup _ -> "ScaledUpGroup";
      case Action.DeleteInstance _ -> "DeletedMachine";
      case Action.TaintForRemoval _ -> "ScaleDown";
      case Action.CancelRemoval _ -> "ScaleDownCancelled";
      case Action.EvictPod _ -> "EvictedByScaleDown";
      case Action.DeleteNodeObject _ -> "DeletedNodeObject";
      case Action.AnnotateNode _ -> "Annotated";
      case Action.StartGpuStep step -> "Gpu" + step.phase().title();
      case Action.ChangeGpuTaint change -> change.present() ? "GpuNodeClosed" : "GpuNodeOpened";
      case Action.RepairGpuNode repair -> "Gpu" + repair.repair().title();
      case Action.ReportGpuHealth report -> report.healthy() ? "GpuHealthy" : "GpuUnhealthy";
      case Action.OpenGpuNode _ -> "GpuReady";
    };
  }
}
