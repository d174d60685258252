package dev.windlass.core.volumes;

import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.VolumeClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which claims and volumes several pods have. All others need no name: how many there are is enough
 * to know.
 */
final class VolumeUsers {
  private final StorageIndex storage;
  private final Map<Object, Integer> pods = new HashMap<>();
  private final Map<String, Set<CsiVolume>> onNode = new HashMap<>();
  private final Map<String, List<CsiVolume>> lingering = new HashMap<>();

  /**
   * The users of all volumes.
   *
   * @param all every pod that has volumes
   */
  VolumeUsers(StorageIndex storage, List<Pod> all) {
    this.storage = storage;
    for (Pod pod : all) {
      Set<Object> own = new HashSet<>();
      VolumeOwner owner = VolumeOwner.of(pod);
      pod.spec().attachments().volumes().forEach(volume -> add(volume, owner, own));
      own.forEach(each -> pods.merge(each, 1, Integer::sum));
      NodeName node = pod.placement().node();
      if (node != null) {
        Set<CsiVolume> there = onNode.computeIfAbsent(node.value(), _ -> new HashSet<>());
        own.forEach(each -> addVolume(each, there));
      }
    }
    storage.attached().forEach(this::addLingering);
  }

  private static void addVolume(Object used, Set<CsiVolume> there) {
    if (used instanceof CsiVolume volume) {
      there.add(volume);
    }
  }

  /** A volume that outlives its last pod on a node is told apart, so that it counts once. */
  private void addLingering(String node, List<CsiVolume> attached) {
    Set<CsiVolume> there = onNode.getOrDefault(node, Set.of());
    for (CsiVolume volume : attached) {
      if (!there.contains(volume)) {
        pods.merge(volume, 1, Integer::sum);
        lingering.computeIfAbsent(node, _ -> new ArrayList<>()).add(volume);
      }
    }
  }

  private void add(PodVolume volume, VolumeOwner owner, Set<Object> own) {
    switch (volume) {
      case PodVolume.Claim claim -> addClaim(owner.claim(claim.name()), own);
      case PodVolume.Ephemeral ephemeral -> addClaim(owner.ephemeralClaim(ephemeral.volume()), own);
      case PodVolume.Disk disk -> {
        if (disk.attachment() != null) {
          own.add(disk.attachment());
        }
      }
    }
  }

  private void addClaim(ObjectKey key, Set<Object> own) {
    own.add(key);
    VolumeClaim claim = storage.claim(key);
    if (claim != null) {
      storage.attachment(claim).ifPresent(own::add);
    }
  }

  /** Whether more than one pod names the claim. */
  boolean isShared(ObjectKey claim) {
    return pods.getOrDefault(claim, 0) > 1;
  }

  /** Whether more than one pod has the volume. */
  boolean isShared(CsiVolume volume) {
    return pods.getOrDefault(volume, 0) > 1;
  }

  /** Volumes that are attached to a node though no pod on it has them. */
  List<CsiVolume> lingering(String node) {
    return lingering.getOrDefault(node, List.of());
  }
}
