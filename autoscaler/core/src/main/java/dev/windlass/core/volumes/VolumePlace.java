package dev.windlass.core.volumes;

import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.volumes.VolumeNeeds.Attached;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A node as volumes see it, and the volumes that are there. */
public final class VolumePlace {
  private final Node node;
  private final BooleanSupplier closed;

  /** Whether pods are put here only to see whether they fit. */
  private final boolean trial;

  /** Volumes by driver: each distinct one counts once. */
  private final Map<String, Integer> counts = new HashMap<>();

  /** Volumes that several pods have, with how many of those are here. */
  private final Map<CsiVolume, Integer> shared = new HashMap<>();

  /** Volumes that are attached though no pod here has them. */
  private final Set<CsiVolume> lingering = new HashSet<>();

  private final List<PodVolume.Disk> disks = new ArrayList<>();

  /**
   * What is fixed about a node.
   *
   * @param name its name
   * @param labels its labels
   * @param limits how many volumes of each driver it takes; a driver that is absent has no limit
   * @param migrated plugins whose volumes a driver has taken over there
   */
  public record Node(
      String name, Map<String, String> labels, Map<String, Integer> limits, Set<String> migrated) {
    public Node {
      labels = Map.copyOf(labels);
      limits = Map.copyOf(limits);
      migrated = Set.copyOf(migrated);
    }
  }

  VolumePlace(Node node, BooleanSupplier closed, boolean trial) {
    this.node = node;
    this.closed = closed;
    this.trial = trial;
  }

  /** The same node with the same volumes, to try contents on. */
  public VolumePlace trial() {
    VolumePlace copy = new VolumePlace(node, closed, true);
    copy.counts.putAll(counts);
    copy.shared.putAll(shared);
    copy.lingering.addAll(lingering);
    copy.disks.addAll(disks);
    return copy;
  }

  Node node() {
    return node;
  }

  boolean isTrial() {
    return trial;
  }

  /** Whether the node was taken out, so that what its pods use is free for others. */
  boolean isClosed() {
    return closed.getAsBoolean();
  }

  List<PodVolume.Disk> disks() {
    return disks;
  }

  /** How many volumes of a driver are here. */
  int count(String driver) {
    int count = counts.getOrDefault(driver, 0);
    for (CsiVolume volume : lingering) {
      count += volume.driver().equals(driver) && !shared.containsKey(volume) ? 1 : 0;
    }
    return count;
  }

  /** Whether a pod here has the volume. */
  boolean has(CsiVolume volume) {
    return shared.containsKey(volume);
  }

  void linger(List<CsiVolume> volumes) {
    lingering.addAll(volumes);
  }

  void add(VolumeNeeds needs, int pods) {
    for (int pod = 0; pod < pods; pod++) {
      disks.addAll(needs.disks());
    }
    for (Attached each : needs.attached()) {
      CsiVolume volume = each.volume();
      int before = volume == null ? 0 : shared.getOrDefault(volume, 0);
      if (volume != null) {
        shared.put(volume, before + pods);
      }
      counts.merge(each.driver(), volume == null ? pods : before == 0 ? 1 : 0, Integer::sum);
    }
  }

  /** Takes back what was added last. */
  void remove(VolumeNeeds needs, int pods) {
    for (int disk = needs.disks().size() * pods; disk > 0; disk--) {
      disks.removeLast();
    }
    for (Attached each : needs.attached()) {
      CsiVolume volume = each.volume();
      int left = volume == null ? 0 : shared.getOrDefault(volume, 0) - pods;
      if (volume != null && left > 0) {
        shared.put(volume, left);
      } else if (volume != null) {
        shared.remove(volume);
      }
      counts.merge(each.driver(), volume == null ? -pods : left > 0 ? 0 : -1, Integer::sum);
    }
  }
}
