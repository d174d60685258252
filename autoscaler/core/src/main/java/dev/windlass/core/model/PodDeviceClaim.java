package dev.windlass.core.model;

/**
 * A claim of devices in a pod's spec ({@code spec.resourceClaims}).
 *
 * @param name its name in the pod
 * @param kind whether the claim is there or made for the pod
 * @param source the ResourceClaim or the ResourceClaimTemplate
 */
public record PodDeviceClaim(String name, Kind kind, ObjectKey source) {
  /** Where a pod's claim comes from. */
  public enum Kind {
    /** A ResourceClaim, which other pods may use, too. */
    NAMED,
    /** A ResourceClaimTemplate: each pod gets a claim of its own. */
    TEMPLATE
  }
}
