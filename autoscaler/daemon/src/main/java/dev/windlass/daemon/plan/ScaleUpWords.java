package dev.windlass.daemon.plan;

import dev.windlass.core.scaleup.UnhelpedRule;

/** Why a node group does not help a pending pod, in words. */
public final class ScaleUpWords {
  private ScaleUpWords() {}

  /** What is the case. */
  public static String meaning(UnhelpedRule rule) {
    return switch (rule) {
      case NODE_NAME -> "The pod asks for one node by name, and a new node has another name.";
      case NODE_SELECTOR -> "The group's nodes lack a label that the pod's node selector asks for.";
      case NODE_AFFINITY -> "The pod's required node affinity excludes the group's nodes.";
      case TAINT -> "The group's nodes have a taint that the pod does not tolerate.";
      case HOST_PORT -> "A port that the pod takes on its node is taken on every new node already.";
      case TOO_LARGE -> "The pod asks for more than an empty node of the group has.";
      case MISSING_RESOURCE ->
          "The group's nodes have nothing of a resource that the pod asks for.";
      case GPU_SHARE ->
          "No device of a node of the group can give the share that the pod asks for.";
      case VOLUME_RESTRICTIONS -> "Another pod uses a volume that only one pod may use.";
      case NODE_VOLUME_LIMITS ->
          "The pod has more volumes of one driver than a node of the group takes.";
      case VOLUME_BINDING ->
          "A volume of the pod is not there, or can't be used or made on the group's nodes.";
      case VOLUME_ZONE -> "A volume of the pod is in another zone than the group's nodes.";
      case DEVICE_CLAIM ->
          "The pod's claim of devices, its template or its class is missing, in use or bound to"
              + " other nodes.";
      case DEVICES -> "The devices of the group's nodes do not meet the pod's claims.";
      case POD_AFFINITY ->
          "The pod must be beside pods that no new node of the group can be beside.";
      case POD_ANTI_AFFINITY ->
          "The pod must be apart from pods that are wherever the group's nodes would be.";
      case TOPOLOGY_SPREAD -> "The pod on a node of the group would spread its pods too unevenly.";
      case MAX_SIZE -> "The group is at its maximum size.";
      case QUOTA -> "The cloud account's limit is reached.";
      case EXPENDABLE -> "The pod's priority is below the one that nodes are bought for.";
      case INVALID_SPEC -> "A field of the pod's spec is one that Kubernetes refuses.";
      case PAUSED -> "Windlass only watches the group.";
      case GPU_STACK -> "The group's GPU stack cannot work on its machines.";
      case GPU_QUARANTINE -> "Machines of the group's type failed to become GPU nodes lately.";
      case NO_OFFERING -> "Nothing is known that could be bought in the group.";
      case NO_NODE_GROUP -> "There is no node group.";
      case BACKOFF -> "The group failed lately and is left alone for a while.";
      case SCALE_UP_DELAY ->
          "The pod asks by Cluster Autoscaler's annotation that no node be bought for it yet.";
      case GANG -> "The pod's group of pods must be placed as a whole, and not all of it fits.";
      case STALE_INPUT -> "What Windlass knows of the cluster or the cloud is too old to buy by.";
      case DEFERRED -> "This decision was full.";
    };
  }

  /** What to do about it, or what will end it. */
  public static String remedy(UnhelpedRule rule) {
    return switch (rule) {
      case NODE_NAME -> "Remove the node name from the pod, or bring that node back.";
      case NODE_SELECTOR ->
          "Change the pod's nodeSelector, or add the label to the group's template.";
      case NODE_AFFINITY ->
          "Widen the pod's node affinity, or add the label to the group's template.";
      case TAINT -> "Add a toleration to the pod if it belongs there, or remove the taint.";
      case HOST_PORT -> "Use a Service instead of the host port, or another port.";
      case TOO_LARGE -> "Lower the pod's requests, or add a larger machine type to the group.";
      case MISSING_RESOURCE ->
          "Give the pod a group that has it, or name it in the group's template.";
      case GPU_SHARE -> "Lower the share, or use a group whose GPU stack shares its devices.";
      case VOLUME_RESTRICTIONS ->
          "It goes when that pod ends; use another access mode if both may use the volume.";
      case NODE_VOLUME_LIMITS -> "Use fewer volumes, or a machine type that takes more.";
      case VOLUME_BINDING ->
          "Correct the claim that the message names, or let a group grow where its volume is.";
      case VOLUME_ZONE -> "Let a group grow in the zone of the volume.";
      case DEVICE_CLAIM -> "Create what the message names, or let the pods that hold the claim go.";
      case DEVICES ->
          "Change the requests, or name a group's devices in its template; the message has what was"
              + " left.";
      case POD_AFFINITY ->
          "Make the affinity a preference, or let the other pods into the same zone.";
      case POD_ANTI_AFFINITY -> "Make the anti-affinity a preference, or use a smaller topology.";
      case TOPOLOGY_SPREAD -> "Let groups grow in the emptier zones, or allow a larger skew.";
      case MAX_SIZE -> "Raise the group's maxSize if you can pay it.";
      case QUOTA -> "Ask the cloud for a higher quota, or use another machine type or region.";
      case EXPENDABLE -> "Raise the pod's priority if a node should be bought for it.";
      case INVALID_SPEC -> "Correct the field that the message names.";
      case PAUSED -> "End the group's pause when you are ready.";
      case GPU_STACK -> "Change the GpuStack or the machine types; the message says which.";
      case GPU_QUARANTINE -> "It is tried again within the hour; the kept machine has the cause.";
      case NO_OFFERING -> "Name instance types that exist in its region, or describe its template.";
      case NO_NODE_GROUP -> "Create a NodeGroup that may grow.";
      case BACKOFF -> "It is tried again when its back-off ends; the group's status has the cause.";
      case SCALE_UP_DELAY -> "It goes by itself when the pod is old enough.";
      case GANG -> "It goes when all members fit; look at the members that do not.";
      case STALE_INPUT ->
          "It goes on when the source answers again; the decision names the source.";
      case DEFERRED -> "The next decision takes it up, within seconds.";
    };
  }

  /** Whom a pod with such a reason waits for. */
  public static String of(UnhelpedRule.Outcome outcome) {
    return switch (outcome) {
      case NEEDS_YOU -> "Needs you";
      case WAITING -> "Waiting";
      case NODE_COMING -> "Node coming";
    };
  }
}
