package dev.windlass.core.scheduling;

/**
 * Why a pod can't run on a node.
 *
 * @param rule the rule that failed
 * @param message one sentence with the values compared
 */
public record Refusal(Rule rule, String message) {
  /** The rules, in the order in which they are asked; a later one was reached by passing more. */
  public enum Rule {
    NODE_NAME,
    NODE_UNSCHEDULABLE,
    TAINT,
    NODE_SELECTOR,
    NODE_AFFINITY,
    HOST_PORT,
    MISSING_RESOURCE,
    INSUFFICIENT_RESOURCE,
    GPU_SHARE,
    VOLUME_RESTRICTIONS,
    NODE_VOLUME_LIMITS,
    VOLUME_BINDING,
    VOLUME_ZONE,
    DEVICE_CLAIM,
    DEVICES,
    POD_AFFINITY,
    POD_ANTI_AFFINITY,
    TOPOLOGY_SPREAD,
    INVALID_SPEC
  }
}
