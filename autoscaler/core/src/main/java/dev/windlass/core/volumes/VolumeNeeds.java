package dev.windlass.core.volumes;

import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodVolume;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pod's volumes ask of its node; equal for pods that no rule about volumes tells apart, so
 * that the replicas of a StatefulSet share one shape.
 *
 * @param refused why the pod can go nowhere, or null
 * @param bound volumes that limit where it may go
 * @param unbound claims for which a volume is found or made where it goes, the smallest first
 * @param exclusive claims that one pod alone may use and that other pods name, too
 * @param disks disks that the spec names itself
 * @param attached what counts against the limits of CSI drivers
 */
public record VolumeNeeds(
    @Nullable VolumeRefusal refused,
    List<BoundVolume> bound,
    List<UnboundClaim> unbound,
    Set<ObjectKey> exclusive,
    List<PodVolume.Disk> disks,
    List<Attached> attached) {
  /** Nothing. */
  public static final VolumeNeeds NONE =
      new VolumeNeeds(null, List.of(), List.of(), Set.of(), List.of(), List.of());

  public VolumeNeeds {
    bound = List.copyOf(bound);
    unbound = List.copyOf(unbound);
    exclusive = Set.copyOf(exclusive);
    disks = List.copyOf(disks);
    attached = List.copyOf(attached);
  }

  /**
   * A volume that is attached to the pod's node.
   *
   * @param driver its driver
   * @param volume which one, or null when no other pod has it
   */
  public record Attached(String driver, @Nullable CsiVolume volume) {}

  /** Whether every node will do. */
  public boolean isNothing() {
    return equals(NONE);
  }

  /** Whether where one pod goes changes where the next may go, on other nodes, too. */
  public boolean contested() {
    return !exclusive.isEmpty() || unbound.stream().anyMatch(UnboundClaim::contested);
  }
}
