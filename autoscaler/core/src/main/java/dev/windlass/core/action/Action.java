package dev.windlass.core.action;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.model.Variant;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One effect that the shell is asked for. It names its target and what it expects to find there;
 * whoever applies it refuses when that no longer holds.
 */
public sealed interface Action {
  /** The same for the same decision about the same state. */
  OperationId id();

  /** The one sentence that a log line, an event and the terminal show. */
  String sentence();

  /** Set a workload's replicas through its scale subresource. */
  record ScaleWorkload(
      ObjectKey scaler, TargetRef target, Identity expected, int from, int to, String why)
      implements Action {
    @Override
    public OperationId id() {
      return new OperationId("scale:" + target + ":" + expected.uid() + ":" + from + ":" + to);
    }

    @Override
    public String sentence() {
      return "Scale " + target + " from " + from + " to " + to + ": " + why;
    }
  }

  /**
   * Ask a cloud for a larger group.
   *
   * @param group the group
   * @param from the target that is expected
   * @param to the target asked for
   * @param machines how many of what
   * @param since when the group was first to grow from there; tells this increase from one between
   *     the same sizes that came before
   * @param why one sentence
   */
  record IncreaseGroup(
      NodeGroupName group,
      int from,
      int to,
      Map<Variant, Integer> machines,
      Instant since,
      String why)
      implements Action {
    public IncreaseGroup {
      machines = Map.copyOf(machines);
    }

    @Override
    public OperationId id() {
      return new OperationId(
          "increase:" + group + ":" + from + ":" + to + ":" + since.toEpochMilli());
    }

    @Override
    public String sentence() {
      return "Grow node group " + group + " from " + from + " to " + to + ": " + why;
    }
  }

  /** Keep new pods and load balancers away from a node that will go from this time on. */
  record TaintForRemoval(NodeName node, Identity expected, Instant since, String why)
      implements Action {
    @Override
    public OperationId id() {
      return new OperationId("taint:" + node + ":" + expected.uid());
    }

    @Override
    public String sentence() {
      return "Begin to remove node " + node + ": " + why;
    }
  }

  /** Take that back: the node stays. */
  record CancelRemoval(NodeName node, Identity expected, String why) implements Action {
    @Override
    public OperationId id() {
      return new OperationId("untaint:" + node + ":" + expected.uid());
    }

    @Override
    public String sentence() {
      return "Keep node " + node + " after all: " + why;
    }
  }

  /** Evict a pod through the eviction subresource. */
  record EvictPod(ObjectKey pod, Identity expected, NodeName node) implements Action {
    @Override
    public OperationId id() {
      return new OperationId("evict:" + pod + ":" + expected.uid());
    }

    @Override
    public String sentence() {
      return "Evict pod " + pod + " from node " + node;
    }
  }

  /** Delete a machine and lower its group's target by one. */
  record DeleteInstance(NodeGroupName group, InstanceId instance, String nodeName, String why)
      implements Action {
    @Override
    public OperationId id() {
      return new OperationId("delete:" + instance.incarnation());
    }

    @Override
    public String sentence() {
      String name = nodeName.isEmpty() ? instance.toString() : nodeName;
      return "Delete machine of " + name + " in node group " + group + ": " + why;
    }
  }

  /** Delete the Node object of a machine that the cloud no longer has. */
  record DeleteNodeObject(NodeName node, Identity expected) implements Action {
    @Override
    public OperationId id() {
      return new OperationId("forget:" + node + ":" + expected.uid());
    }

    @Override
    public String sentence() {
      return "Delete Node object " + node + ": its machine is gone";
    }
  }

  /** Write what must survive a restart on a node; an empty value removes the annotation. */
  record AnnotateNode(NodeName node, Identity expected, SortedMap<String, String> annotations)
      implements Action {
    public AnnotateNode {
      annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    @Override
    public OperationId id() {
      return new OperationId("annotate:" + node + ":" + expected.uid() + ":" + annotations);
    }

    @Override
    public String sentence() {
      return "Note on node " + node + ": " + annotations;
    }
  }

  /**
   * Let the node's agent begin a bootstrap step: its GpuNode's spec names the stack, the step and
   * this action's id word for word, and the node gets two labels that let the step's DaemonSet on
   * it: {@code windlass.dev/gpu-stack} and {@code windlass.dev/gpu-step}, the phase's title.
   */
  record StartGpuStep(NodeName node, Identity expected, GpuStackName stack, GpuPhase phase)
      implements Action {
    @Override
    public OperationId id() {
      return new OperationId("gpu:" + node + ":" + expected.uid() + ":" + phase);
    }

    @Override
    public String sentence() {
      return "GPU node " + node + " begins " + phase.title();
    }
  }

  /**
   * Add or remove a taint of ours that keeps pods off a GPU node, and note why in the same write.
   *
   * @param taint its key; the effect is {@code NoSchedule}
   * @param present whether the node is to have it
   * @param annotations written with it; an empty value removes one
   * @param why one sentence
   */
  record ChangeGpuTaint(
      NodeName node,
      Identity expected,
      String taint,
      boolean present,
      SortedMap<String, String> annotations,
      String why)
      implements Action {
    public ChangeGpuTaint {
      annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    @Override
    public OperationId id() {
      return new OperationId(
          "gpu-taint:" + node + ":" + expected.uid() + ":" + taint + ":" + present + annotations);
    }

    @Override
    public String sentence() {
      return (present ? "Keep pods off GPU node " : "Let pods on GPU node ") + node + ": " + why;
    }
  }

  /**
   * Let the node's agent put its devices right: its GpuNode's spec names the repair and this
   * action's id, as {@link StartGpuStep} does.
   *
   * @param repair a reset or a reboot
   * @param since when the trouble began; another trouble is another operation
   */
  record RepairGpuNode(
      NodeName node, Identity expected, GpuStackName stack, GpuRepair repair, Instant since)
      implements Action {
    @Override
    public OperationId id() {
      return new OperationId(
          "gpu:" + node + ":" + expected.uid() + ":" + repair + ":" + since.toEpochMilli());
    }

    @Override
    public String sentence() {
      return "GPU node " + node + " begins " + repair.title();
    }
  }

  /**
   * Write the Node condition {@link Keys#GPU_HEALTHY}.
   *
   * @param healthy whether its devices may be used
   * @param reason one word
   * @param message one sentence
   */
  record ReportGpuHealth(
      NodeName node, Identity expected, boolean healthy, String reason, String message)
      implements Action {
    @Override
    public OperationId id() {
      return new OperationId("gpu-health:" + node + ":" + expected.uid() + ":" + reason);
    }

    @Override
    public String sentence() {
      return "GPU node " + node + (healthy ? " is healthy" : " is not healthy: " + message);
    }
  }

  /**
   * Remove the startup taint: GPU pods may come.
   *
   * @param labels that the group's template promised and the node lacks; written with it
   */
  record OpenGpuNode(NodeName node, Identity expected, SortedMap<String, String> labels)
      implements Action {
    public OpenGpuNode {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Of a node that has what was promised. */
    public OpenGpuNode(NodeName node, Identity expected) {
      this(node, expected, Collections.emptySortedMap());
    }

    @Override
    public OperationId id() {
      return new OperationId("open:" + node + ":" + expected.uid());
    }

    @Override
    public String sentence() {
      return "GPU node " + node + " is ready";
    }
  }
}
