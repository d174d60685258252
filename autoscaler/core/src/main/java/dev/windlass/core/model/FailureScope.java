package dev.windlass.core.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which variants of a group a failure closes: those in every one of its parts. A cloud's scopes
 * (family, subnet, region) are put as the group's types and zones that they stand for.
 *
 * @param instanceTypes these types; empty for all
 * @param zones these zones; empty for all
 * @param purchase machines paid for in this way, or null for all
 */
public record FailureScope(
    Set<String> instanceTypes, Set<String> zones, @Nullable Purchase purchase) {
  /** Everything that the group offers. */
  public static final FailureScope ALL = new FailureScope(Set.of(), Set.of(), null);

  public FailureScope {
    instanceTypes = Set.copyOf(instanceTypes);
    zones = Set.copyOf(zones);
  }

  /** One variant and nothing else. */
  public static FailureScope of(Variant variant) {
    return new FailureScope(
        Set.of(variant.instanceType()), Set.of(variant.zone()), variant.purchase());
  }

  /** One zone. */
  public static FailureScope ofZone(String zone) {
    return new FailureScope(Set.of(), Set.of(zone), null);
  }

  /** Whether a variant is closed. */
  public boolean covers(Variant variant) {
    return (instanceTypes.isEmpty() || instanceTypes.contains(variant.instanceType()))
        && (zones.isEmpty() || zones.contains(variant.zone()))
        && (purchase == null || purchase == variant.purchase());
  }
}
