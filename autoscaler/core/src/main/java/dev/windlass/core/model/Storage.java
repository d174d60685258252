package dev.windlass.core.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cluster's volumes and what limits where they can be used.
 *
 * @param claims every claim
 * @param volumes every volume
 * @param classes every storage class
 * @param drivers what the CSI drivers say
 * @param problems what is wrong with objects that could not be read, by {@link #called}
 */
public record Storage(
    List<VolumeClaim> claims,
    List<PersistentVolume> volumes,
    List<StorageClass> classes,
    Drivers drivers,
    Map<String, String> problems) {
  public static final Storage NONE =
      new Storage(List.of(), List.of(), List.of(), Drivers.NONE, Map.of());

  public Storage {
    claims = List.copyOf(claims);
    volumes = List.copyOf(volumes);
    classes = List.copyOf(classes);
    problems = Map.copyOf(problems);
  }

  /** How an object is called where its problem is told: {@code PersistentVolume pv-1}. */
  public static String called(String kind, String namespace, String name) {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }

  /**
   * What the CSI drivers say.
   *
   * @param nodes of each node
   * @param measured drivers that publish how much can still be made
   * @param capacities what those publish
   * @param attachments which volume is attached where
   */
  public record Drivers(
      List<CsiNode> nodes,
      Set<String> measured,
      List<StorageCapacity> capacities,
      List<VolumeAttachment> attachments) {
    public static final Drivers NONE = new Drivers(List.of(), Set.of(), List.of(), List.of());

    public Drivers {
      nodes = List.copyOf(nodes);
      measured = Set.copyOf(measured);
      capacities = List.copyOf(capacities);
      attachments = List.copyOf(attachments);
    }
  }
}
