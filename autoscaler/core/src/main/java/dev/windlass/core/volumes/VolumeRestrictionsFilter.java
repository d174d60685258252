package dev.windlass.core.volumes;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodVolume.Disk;
import dev.windlass.core.volumes.VolumeRefusal.Rule;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A claim with the access mode ReadWriteOncePod is used by one pod of the whole cluster; a disk
 * that a spec names itself is on a node once, or any number of times when all only read it.
 *
 * <p>Source: Kubernetes 1.36, plugin {@code volumerestrictions}.
 */
final class VolumeRestrictionsFilter implements VolumeFilter {
  private final Predicate<ObjectKey> inUse;

  /**
   * The rule.
   *
   * @param inUse whether a pod uses the claim now
   */
  VolumeRestrictionsFilter(Predicate<ObjectKey> inUse) {
    this.inUse = inUse;
  }

  @Override
  public Optional<VolumeRefusal> refuse(VolumeNeeds needs, VolumePlace place) {
    for (Disk wanted : needs.disks()) {
      if (place.disks().stream().anyMatch(there -> conflict(wanted, there))) {
        return refusal("another pod on the node has the disk " + wanted.id());
      }
    }
    for (ObjectKey claim : needs.exclusive()) {
      if (inUse.test(claim)) {
        return refusal("claim " + claim.name() + " is for one pod alone and another pod uses it");
      }
    }
    return Optional.empty();
  }

  private static Optional<VolumeRefusal> refusal(String message) {
    return Optional.of(new VolumeRefusal(Rule.VOLUME_RESTRICTIONS, message));
  }

  @Override
  public int room(VolumeNeeds needs, VolumePlace place, int wanted) {
    if (needs.disks().isEmpty() && needs.exclusive().isEmpty()) {
      return wanted;
    }
    if (refuse(needs, place).isPresent()) {
      return 0;
    }
    return needs.exclusive().isEmpty() && !excludesItself(needs.disks())
        ? wanted
        : Math.min(wanted, 1);
  }

  private static boolean excludesItself(List<Disk> disks) {
    return disks.stream().anyMatch(one -> disks.stream().anyMatch(two -> conflict(one, two)));
  }

  private static boolean conflict(Disk one, Disk other) {
    if (one.kind() != other.kind() || !one.id().equals(other.id())) {
      return false;
    }
    boolean onlyRead = one.readOnly() && other.readOnly();
    return switch (one.kind()) {
      case AWS_ELASTIC_BLOCK_STORE -> true;
      case GCE_PERSISTENT_DISK, ISCSI -> !onlyRead;
      case RBD -> !onlyRead && !Collections.disjoint(one.monitors(), other.monitors());
      case OTHER -> false;
    };
  }
}
