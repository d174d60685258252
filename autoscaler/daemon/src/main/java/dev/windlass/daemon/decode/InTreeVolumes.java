package dev.windlass.daemon.decode;

import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.volumes.MigratedPlugins;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Volumes of plugins that CSI drivers have taken over, as those drivers name them.
 *
 * <p>Source: the CSI translation library of Kubernetes 1.36.
 */
final class InTreeVolumes {
  private static final String UNSPECIFIED = "UNSPECIFIED";
  private static final String AWS_SCHEME = "aws://";

  private InTreeVolumes() {}

  /**
   * A volume of a plugin.
   *
   * @param plugin the plugin's name
   * @param volume the volume as the driver names it, or null when it can't be named
   */
  record InTree(String plugin, @Nullable CsiVolume volume) {}

  /** The volume of a PersistentVolume; zones as its labels say. */
  static Optional<InTree> of(PersistentVolumeSpec spec, List<String> zones) {
    if (spec.getAwsElasticBlockStore() != null) {
      String id = Fields.text(spec.getAwsElasticBlockStore().getVolumeID());
      return inTree(MigratedPlugins.AWS_EBS, awsHandle(id));
    }
    if (spec.getGcePersistentDisk() != null) {
      String disk = Fields.text(spec.getGcePersistentDisk().getPdName());
      return inTree(MigratedPlugins.GCE_PD, gceHandle(disk, zones));
    }
    if (spec.getAzureDisk() != null) {
      return inTree(MigratedPlugins.AZURE_DISK, spec.getAzureDisk().getDiskURI());
    }
    if (spec.getCinder() != null) {
      return inTree(MigratedPlugins.CINDER, spec.getCinder().getVolumeID());
    }
    return spec.getPortworxVolume() == null
        ? Optional.empty()
        : inTree(MigratedPlugins.PORTWORX, spec.getPortworxVolume().getVolumeID());
  }

  /** The volume that a pod's spec names itself. */
  static Optional<InTree> of(Volume volume) {
    PersistentVolumeSpec same = new PersistentVolumeSpec();
    same.setAwsElasticBlockStore(volume.getAwsElasticBlockStore());
    same.setGcePersistentDisk(volume.getGcePersistentDisk());
    same.setAzureDisk(volume.getAzureDisk());
    same.setPortworxVolume(volume.getPortworxVolume());
    return volume.getCinder() == null
        ? of(same, List.of())
        : inTree(MigratedPlugins.CINDER, volume.getCinder().getVolumeID());
  }

  private static Optional<InTree> inTree(String plugin, @Nullable String handle) {
    String driver = MigratedPlugins.driver(plugin).orElseThrow();
    CsiVolume volume = handle == null || handle.isEmpty() ? null : new CsiVolume(driver, handle);
    return Optional.of(new InTree(plugin, volume));
  }

  /** {@code vol-1} of {@code aws://zone/vol-1}; any other name as it is. */
  private static @Nullable String awsHandle(String id) {
    if (!id.startsWith(AWS_SCHEME)) {
      return id;
    }
    String path = id.substring(AWS_SCHEME.length());
    String handle = path.substring(path.lastIndexOf('/') + 1);
    return handle.startsWith("vol-") ? handle : null;
  }

  private static @Nullable String gceHandle(String disk, List<String> zones) {
    if (zones.size() <= 1) {
      String zone = zones.isEmpty() ? UNSPECIFIED : zones.getFirst();
      return "projects/" + UNSPECIFIED + "/zones/" + zone + "/disks/" + disk;
    }
    Set<String> regions = new HashSet<>();
    zones.forEach(zone -> regions.add(zone.substring(0, Math.max(0, zone.lastIndexOf('-')))));
    return regions.size() == 1
        ? "projects/" + UNSPECIFIED + "/regions/" + regions.iterator().next() + "/disks/" + disk
        : null;
  }

  /** The node label by which a plugin's driver knows zones, or nothing when it reads none. */
  static Optional<String> topologyKey(String plugin) {
    return Optional.ofNullable(
        Map.of(
                MigratedPlugins.AWS_EBS, "topology.ebs.csi.aws.com/zone",
                MigratedPlugins.GCE_PD, "topology.gke.io/zone",
                MigratedPlugins.CINDER, "topology.cinder.csi.openstack.org/zone")
            .get(plugin));
  }

  /** The zones that a label's value names. */
  static List<String> zones(String value) {
    List<String> zones = new ArrayList<>();
    for (String each : value.split("__", -1)) {
      if (!each.isBlank()) {
        zones.add(each.strip());
      }
    }
    return zones;
  }
}
