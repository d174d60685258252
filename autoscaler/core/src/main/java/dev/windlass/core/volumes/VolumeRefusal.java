package dev.windlass.core.volumes;

/**
 * Why a pod's volumes keep it from a node.
 *
 * @param rule the rule that failed
 * @param message one sentence with the values compared
 */
public record VolumeRefusal(Rule rule, String message) {
  /** The rules, named as kube-scheduler's plugins and in their order. */
  public enum Rule {
    VOLUME_RESTRICTIONS,
    NODE_VOLUME_LIMITS,
    VOLUME_BINDING,
    VOLUME_ZONE
  }
}
