package dev.windlass.daemon.plan;

import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.RemovalReason;

/** Why nodes go and why they stay, in words. */
public final class ScaleDownWords {
  private ScaleDownWords() {}

  /** Why a node is removed. */
  public static String meaning(RemovalReason reason) {
    return switch (reason) {
      case EMPTY -> "No pod that counts has been on the node for long enough.";
      case UNDERUTILIZED -> "The node is used little, and all its pods fit elsewhere.";
      case CONSOLIDATED -> "The node's pods run cheaper on other or smaller nodes.";
      case UNREADY -> "The node has not been ready for long enough to be given up.";
      case UNREGISTERED -> "The machine runs but never became a node of the cluster.";
      case DRIFTED -> "The node no longer matches what its group describes.";
      case EXPIRED -> "The node is older than its group lets nodes become.";
      case INTERRUPTED -> "Its cloud said that it takes the machine away.";
      case FAILED -> "The machine failed to start or to become a GPU node.";
    };
  }

  /** What to do about a removal. */
  public static String remedy(RemovalReason reason) {
    return switch (reason) {
      case EMPTY -> "Nothing: it is no longer paid for.";
      case UNDERUTILIZED -> "Nothing: its pods move first, within their disruption budgets.";
      case CONSOLIDATED -> "Nothing: its pods move first, within their disruption budgets.";
      case UNREADY -> "Look at its kubelet if this happens often.";
      case UNREGISTERED -> "Look at the machine's boot log: image, join token, network.";
      case DRIFTED -> "Nothing: a node of the present description takes its place.";
      case EXPIRED -> "Nothing: a new node takes its place.";
      case INTERRUPTED -> "Nothing: its pods move before the machine goes.";
      case FAILED -> "The message has the cause; another machine is bought when replacement is on.";
    };
  }

  /** Why a node stays. */
  public static String meaning(KeptReason reason) {
    return switch (reason) {
      case SCALE_DOWN_DISABLED ->
          "Nodes of this kind are never removed: by the policy, the group or an annotation.";
      case STALE_INPUT -> "What Windlass knows is too old to remove nodes by.";
      case GROUP_PAUSED -> "Windlass only watches the group.";
      case GROUP_AT_MIN_SIZE -> "The group is at its minimum size.";
      case RECENT_SCALE_UP -> "The group grew lately, and its nodes may still fill.";
      case STARTING -> "The node is starting.";
      case COUNTED_ON -> "Pending pods of this decision are expected to run on the node.";
      case DO_NOT_DISRUPT -> "The node or one of its pods says that it must not be disrupted.";
      case UTILIZED -> "The node is used more than the threshold.";
      case UNREADY -> "The node is not ready, but not for long enough to be given up.";
      case UNNEEDED_TIMER -> "The node could go, but has not been unneeded for long enough.";
      case NO_PLACE_FOR_POD -> "A pod of the node fits on no other node.";
      case DISRUPTION_BUDGET -> "A disruption budget allows no eviction of a pod of the node now.";
      case NOT_REPLICATED -> "A pod of the node has no controller that would start it again.";
      case CONTROLLER_NOT_FOUND -> "The controller of a pod of the node does not exist.";
      case SYSTEM_POD -> "A pod of kube-system without a disruption budget is on the node.";
      case NOT_SAFE_TO_EVICT -> "A pod of the node is marked as not safe to evict.";
      case LOCAL_STORAGE -> "A pod of the node would lose what it keeps on the node's disk.";
      case REMOVAL_LIMIT -> "As many nodes as may go at once are going.";
      case NOT_EXAMINED -> "This decision was full.";
    };
  }

  /** What to do if it should go, or what will end the reason. */
  public static String remedy(KeptReason reason) {
    return switch (reason) {
      case SCALE_DOWN_DISABLED ->
          "Enable scale-down, or remove the annotation, if the node may go.";
      case STALE_INPUT ->
          "It goes on when the source answers again; the decision names the source.";
      case GROUP_PAUSED -> "End the group's pause when you are ready.";
      case GROUP_AT_MIN_SIZE -> "Lower the group's minSize if it may shrink.";
      case RECENT_SCALE_UP -> "It is looked at again after the delay.";
      case STARTING -> "It is looked at again when it is ready.";
      case COUNTED_ON -> "Nothing: it is needed.";
      case DO_NOT_DISRUPT -> "Remove the annotation windlass.dev/do-not-disrupt when it may go.";
      case UTILIZED -> "Nothing, or raise utilizationThreshold if this is too careful.";
      case UNREADY -> "It is removed if it does not recover.";
      case UNNEEDED_TIMER -> "It goes when the time is over, if nothing needs it until then.";
      case NO_PLACE_FOR_POD -> "Nothing, or look at what ties the pod to this node.";
      case DISRUPTION_BUDGET ->
          "Bring the pods that it protects to health, or raise maxUnavailable.";
      case NOT_REPLICATED -> "Run it under a controller, or mark it safe to evict.";
      case CONTROLLER_NOT_FOUND -> "Delete the pod, or restore its controller.";
      case SYSTEM_POD -> "Give it a disruption budget, or mark it safe to evict.";
      case NOT_SAFE_TO_EVICT ->
          "Remove the annotation cluster-autoscaler.kubernetes.io/safe-to-evict.";
      case LOCAL_STORAGE -> "Name the volumes that may be lost in safe-to-evict-local-volumes.";
      case REMOVAL_LIMIT -> "It goes when one of them is gone.";
      case NOT_EXAMINED -> "A later decision looks at the node.";
    };
  }
}
