package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;

/** Where a pending pod will run. */
public sealed interface PodPlacement {
  /** The pod; one that a scaler is about to create is {@code NS/SCALER/+N}. */
  ObjectKey pod();

  /** On a node that exists. */
  record OnNode(ObjectKey pod, NodeName node) implements PodPlacement {}

  /**
   * On a node that has been ordered, in this decision or before.
   *
   * @param pod the pod
   * @param nodeGroup the group that the node comes from
   * @param ordinal counts the group's nodes to come, from 1
   */
  record OnNewNode(ObjectKey pod, NodeGroupName nodeGroup, int ordinal) implements PodPlacement {
    /** The node's name within this plan: {@code GROUP/1}. */
    public String newNode() {
      return nodeGroup + "/" + ordinal;
    }
  }
}
