package dev.windlass.core.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ResourceClaim.
 *
 * @param key its name
 * @param spec what it asks for
 * @param allocation what it got, or null
 * @param users how many pods it is reserved for
 * @param deleting whether it is being deleted
 */
public record ResourceClaim(
    ObjectKey key, DeviceClaim spec, @Nullable Allocation allocation, int users, boolean deleting) {
  /** A claim is reserved for at most so many pods. Source: Kubernetes, ResourceClaimStatus. */
  public static final int MAX_USERS = 256;

  /** A claim that has no devices yet. */
  public static ResourceClaim of(ObjectKey key, DeviceClaim spec) {
    return new ResourceClaim(key, spec, null, 0, false);
  }

  /**
   * What a claim got.
   *
   * @param devices the devices
   * @param nodes the nodes that reach them, or null for all
   */
  public record Allocation(List<Held> devices, @Nullable List<NodeSelectorTerm> nodes) {
    public Allocation {
      devices = List.copyOf(devices);
      nodes = nodes == null ? null : List.copyOf(nodes);
    }
  }

  /**
   * A device that a claim got.
   *
   * @param device which
   * @param adminAccess whether the device stays free for others
   * @param part how much of the device, when claims share it; null when it is the claim's alone
   */
  public record Held(DeviceId device, boolean adminAccess, @Nullable Map<String, BigDecimal> part) {
    public Held {
      part = part == null ? null : Map.copyOf(part);
    }
  }
}
