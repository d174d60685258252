package dev.windlass.core.volumes;

import dev.windlass.core.model.CsiNode;
import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.StorageCapacity;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.model.VolumeAttachment;
import dev.windlass.core.model.VolumeClaim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cluster's storage by name; made once for a decision whose pods have volumes. */
final class StorageIndex {
  private final Map<ObjectKey, VolumeClaim> claims = new HashMap<>();
  private final Map<String, PersistentVolume> volumes = new HashMap<>();
  private final Map<String, List<PersistentVolume>> byClass = new HashMap<>();
  private final Map<String, StorageClass> classes = new HashMap<>();
  private final Map<String, CsiNode> nodes = new HashMap<>();
  private final Map<String, List<StorageCapacity>> capacities = new HashMap<>();
  private final Map<String, List<CsiVolume>> attached = new HashMap<>();
  private final Storage storage;

  StorageIndex(Storage storage) {
    this.storage = storage;
    storage.claims().forEach(claim -> claims.put(claim.key(), claim));
    storage.classes().forEach(each -> classes.put(each.name(), each));
    storage.drivers().nodes().forEach(node -> nodes.put(node.node().value(), node));
    for (StorageCapacity each : storage.drivers().capacities()) {
      capacities.computeIfAbsent(each.storageClass(), _ -> new ArrayList<>()).add(each);
    }
    List<PersistentVolume> sorted = new ArrayList<>(storage.volumes());
    sorted.sort(Comparator.comparing(PersistentVolume::name));
    for (PersistentVolume volume : sorted) {
      volumes.put(volume.name(), volume);
      byClass
          .computeIfAbsent(volume.offer().terms().storageClass(), _ -> new ArrayList<>())
          .add(volume);
    }
    for (VolumeAttachment each : storage.drivers().attachments()) {
      PersistentVolume volume = volumes.get(each.volume());
      if (volume != null && volume.reach().migration() == null) {
        CsiVolume source = volume.reach().source();
        if (source != null) {
          attached
              .computeIfAbsent(each.node().value(), _ -> new ArrayList<>())
              .add(new CsiVolume(each.driver(), source.handle()));
        }
      }
    }
  }

  @Nullable VolumeClaim claim(ObjectKey key) {
    return claims.get(key);
  }

  @Nullable PersistentVolume volume(String name) {
    return volumes.get(name);
  }

  @Nullable StorageClass storageClass(String name) {
    return classes.get(name);
  }

  /** Every volume of a class, by name. */
  List<PersistentVolume> ofClass(String name) {
    return byClass.getOrDefault(name, List.of());
  }

  @Nullable CsiNode node(String name) {
    return nodes.get(name);
  }

  /** Volumes that the cluster says are attached to nodes, by node. */
  Map<String, List<CsiVolume>> attached() {
    return attached;
  }

  /** Whether the driver publishes how much can still be made. */
  boolean isMeasured(String driver) {
    return storage.drivers().measured().contains(driver);
  }

  List<StorageCapacity> capacities(String storageClass) {
    return capacities.getOrDefault(storageClass, List.of());
  }

  /** What is wrong with an object that could not be read. */
  Optional<String> problem(String kind, String name) {
    return Optional.ofNullable(storage.problems().get(kind + " " + name));
  }

  /**
   * The volume of a claim as its driver names it, if it has a driver whose volumes are counted. A
   * volume that is still to be made is named by its claim.
   */
  Optional<CsiVolume> attachment(VolumeClaim claim) {
    PersistentVolume volume = volumes.get(claim.binding().volume());
    if (volume != null) {
      return Optional.ofNullable(volume.reach().source());
    }
    return toBeMade(claim.request().storageClass(), claim.key());
  }

  /** The volume that the class will make for a claim. */
  Optional<CsiVolume> toBeMade(String storageClass, ObjectKey claim) {
    return Optional.ofNullable(classes.get(storageClass))
        .flatMap(each -> MigratedPlugins.counted(each.provisioner()))
        .map(driver -> new CsiVolume(driver, "claim " + claim));
  }
}
