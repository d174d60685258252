package dev.windlass.core.replicas;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a scaler's target has the size it has, and why it has not the size that its metrics ask for:
 * the reasons of the conditions, in the words of the HorizontalPodAutoscaler, and a few of our own.
 */
public enum ReplicaReason {
  SUCCEEDED_GET_SCALE("SucceededGetScale"),
  READY_FOR_NEW_SCALE("ReadyForNewScale"),
  SUCCEEDED_RESCALE("SucceededRescale"),
  /** The load rose so fast that the limits of growth do not count. */
  PANIC("Panic"),
  /** A recent higher proposal still holds. */
  SCALE_DOWN_STABILIZED("ScaleDownStabilized"),
  /** A recent lower proposal still holds. */
  SCALE_UP_STABILIZED("ScaleUpStabilized"),
  /** The target does not exist or has no scale. */
  FAILED_GET_SCALE("FailedGetScale"),
  VALID_METRIC_FOUND("ValidMetricFound"),
  /** The target was brought to zero by somebody else, which pauses its scaler. */
  SCALING_DISABLED("ScalingDisabled"),
  /** The scaler says so. */
  PAUSED("Paused"),
  /** The target selects no pods or all of them. */
  INVALID_SELECTOR("InvalidSelector"),
  /** Somebody else scales the target, or selects pods that it selects too. */
  AMBIGUOUS_SELECTOR("AmbiguousSelector"),
  FAILED_GET_RESOURCE_METRIC("FailedGetResourceMetric"),
  FAILED_GET_CONTAINER_RESOURCE_METRIC("FailedGetContainerResourceMetric"),
  FAILED_GET_PODS_METRIC("FailedGetPodsMetric"),
  FAILED_GET_OBJECT_METRIC("FailedGetObjectMetric"),
  FAILED_GET_EXTERNAL_METRIC("FailedGetExternalMetric"),
  FAILED_GET_PROMETHEUS_METRIC("FailedGetPrometheusMetric"),
  FAILED_GET_POD_SCRAPE_METRIC("FailedGetPodScrapeMetric"),
  /** The metric's type and its target's type do not go together. */
  INVALID_METRIC_SOURCE_TYPE("InvalidMetricSourceType"),
  DESIRED_WITHIN_RANGE("DesiredWithinRange"),
  TOO_FEW_REPLICAS("TooFewReplicas"),
  TOO_MANY_REPLICAS("TooManyReplicas"),
  /** Policies, or without them the doubling, allow no faster growth. */
  SCALE_UP_LIMIT("ScaleUpLimit"),
  SCALE_DOWN_LIMIT("ScaleDownLimit"),
  /** Pods to come would fit into a node group that is as large as it may be. */
  NODE_GROUP_AT_MAX("NodeGroupAtMax"),
  /** Pods to come would fit into a node group whose cloud has no more of its kind for now. */
  NODE_GROUP_BACKOFF("NodeGroupBackoff"),
  /** Pods to come would fit into a node group whose cloud account may have no more. */
  QUOTA_EXCEEDED("QuotaExceeded"),
  SCALED_TO_ZERO("ScaledToZero"),
  NOT_SCALED_TO_ZERO("NotScaledToZero");

  private final String title;

  ReplicaReason(String title) {
    this.title = title;
  }

  /** The word that users read. */
  public String title() {
    return title;
  }

  /** The reason with this title. */
  public static Optional<ReplicaReason> ofTitle(String title) {
    return Arrays.stream(values()).filter(reason -> reason.title.equals(title)).findFirst();
  }
}
