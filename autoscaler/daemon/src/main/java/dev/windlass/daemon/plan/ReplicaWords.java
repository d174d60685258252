package dev.windlass.daemon.plan;

import dev.windlass.core.replicas.ReplicaReason;

/** Why a scaler's target has its size, in words. */
public final class ReplicaWords {
  private ReplicaWords() {}

  /** What is the case. */
  public static String meaning(ReplicaReason reason) {
    return switch (reason) {
      case SUCCEEDED_GET_SCALE -> "The target's scale was read.";
      case READY_FOR_NEW_SCALE -> "The recommended size is the one to set.";
      case SUCCEEDED_RESCALE -> "The target gets a new size.";
      case PANIC -> "The load rose so fast that the limits on growth do not count.";
      case SCALE_DOWN_STABILIZED -> "A recent higher proposal still holds.";
      case SCALE_UP_STABILIZED -> "A recent lower proposal still holds.";
      case FAILED_GET_SCALE -> "The target does not exist or has no scale.";
      case VALID_METRIC_FOUND -> "At least one metric says how many replicas are needed.";
      case SCALING_DISABLED -> "Somebody brought the target to zero, which pauses its scaler.";
      case PAUSED -> "The scaler is paused and only says what it would do.";
      case INVALID_SELECTOR -> "The target selects no pods, or all of them.";
      case AMBIGUOUS_SELECTOR -> "Somebody else scales the target or counts its pods.";
      case FAILED_GET_RESOURCE_METRIC -> "A resource metric gave no value.";
      case FAILED_GET_CONTAINER_RESOURCE_METRIC -> "A container's metric gave no value.";
      case FAILED_GET_PODS_METRIC -> "A metric of the pods gave no value.";
      case FAILED_GET_OBJECT_METRIC -> "A metric of an object gave no value.";
      case FAILED_GET_EXTERNAL_METRIC -> "A metric from outside gave no value.";
      case FAILED_GET_PROMETHEUS_METRIC -> "A Prometheus query gave no number.";
      case FAILED_GET_POD_SCRAPE_METRIC -> "The pods served no value of a metric.";
      case INVALID_METRIC_SOURCE_TYPE -> "A metric's type and its target do not go together.";
      case DESIRED_WITHIN_RANGE -> "The size is within the scaler's bounds.";
      case TOO_FEW_REPLICAS -> "The metrics ask for fewer than minReplicas.";
      case TOO_MANY_REPLICAS -> "The metrics ask for more than maxReplicas.";
      case SCALE_UP_LIMIT -> "The target grows as fast as its policies allow.";
      case SCALE_DOWN_LIMIT -> "The target shrinks as fast as its policies allow.";
      case NODE_GROUP_AT_MAX -> "New pods would find no node: a node group is at its maximum.";
      case NODE_GROUP_BACKOFF -> "New pods would find no node: a cloud has none for now.";
      case QUOTA_EXCEEDED -> "New pods would find no node: a cloud account may have no more.";
      case SCALED_TO_ZERO -> "The scaler itself brought its target to zero.";
      case NOT_SCALED_TO_ZERO -> "The target runs, or somebody else stopped it.";
    };
  }

  /** What to do about it, or what will end it. */
  public static String remedy(ReplicaReason reason) {
    return switch (reason) {
      case SUCCEEDED_GET_SCALE -> "Nothing.";
      case READY_FOR_NEW_SCALE -> "Nothing.";
      case SUCCEEDED_RESCALE -> "Nothing.";
      case PANIC -> "Nothing; unset spec.panic if it grows too fast.";
      case SCALE_DOWN_STABILIZED -> "It shrinks when the stabilization window is over.";
      case SCALE_UP_STABILIZED -> "It grows when the stabilization window is over.";
      case FAILED_GET_SCALE -> "Correct scaleTargetRef, or create the target.";
      case VALID_METRIC_FOUND -> "Nothing.";
      case SCALING_DISABLED -> "Set one replica or more.";
      case PAUSED -> "Set paused to false.";
      case INVALID_SELECTOR -> "Give the target a selector of its own.";
      case AMBIGUOUS_SELECTOR -> "Delete one of the two.";
      case FAILED_GET_RESOURCE_METRIC -> "Look at the metrics server and the pods' requests.";
      case FAILED_GET_CONTAINER_RESOURCE_METRIC -> "Look at the container's name and requests.";
      case FAILED_GET_PODS_METRIC -> "Look at the custom metrics adapter.";
      case FAILED_GET_OBJECT_METRIC -> "Look at the custom metrics adapter and the object.";
      case FAILED_GET_EXTERNAL_METRIC -> "Look at the external metrics adapter.";
      case FAILED_GET_PROMETHEUS_METRIC -> "Look at the metric's error.";
      case FAILED_GET_POD_SCRAPE_METRIC -> "Look at the metric's port, path and name.";
      case INVALID_METRIC_SOURCE_TYPE -> "Use a target type that the metric has.";
      case DESIRED_WITHIN_RANGE -> "Nothing.";
      case TOO_FEW_REPLICAS -> "Lower minReplicas if fewer may run.";
      case TOO_MANY_REPLICAS -> "Raise maxReplicas if more may run.";
      case SCALE_UP_LIMIT -> "It goes on; change behavior.scaleUp if that is slow.";
      case SCALE_DOWN_LIMIT -> "It goes on; change behavior.scaleDown if that is slow.";
      case NODE_GROUP_AT_MAX -> "Raise the node group's maximum.";
      case NODE_GROUP_BACKOFF -> "It is tried again at the time that the condition tells.";
      case QUOTA_EXCEEDED -> "Ask the cloud for a higher quota.";
      case SCALED_TO_ZERO -> "It wakes when a metric asks for a replica.";
      case NOT_SCALED_TO_ZERO -> "Nothing.";
    };
  }
}
