package dev.windlass.core.testing;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.CsiNode;
import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.PersistentVolume.ClaimReference;
import dev.windlass.core.model.PersistentVolume.Offer;
import dev.windlass.core.model.PersistentVolume.Reach;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.StorageCapacity;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.model.VolumeAttachment;
import dev.windlass.core.model.VolumeClaim;
import dev.windlass.core.model.VolumeClaim.Binding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Storage for tests: classes, claims and volumes by few words; sizes are in gibibytes. */
public final class Volumes {
  /** The driver of every volume here. */
  public static final String DRIVER = "disk.example.com";

  private final List<VolumeClaim> claims = new ArrayList<>();
  private final List<PersistentVolume> volumes = new ArrayList<>();
  private final List<StorageClass> classes = new ArrayList<>();
  private final List<CsiNode> nodes = new ArrayList<>();
  private final Set<String> measured = new HashSet<>();
  private final List<StorageCapacity> capacities = new ArrayList<>();
  private final List<VolumeAttachment> attachments = new ArrayList<>();

  private Volumes() {}

  public static Volumes volumes() {
    return new Volumes();
  }

  /** One expression as the only alternative. */
  public static List<NodeSelectorTerm> where(String key, String... values) {
    return List.of(new NodeSelectorTerm(List.of(in(key, values)), List.of()));
  }

  private static Requirement in(String key, String... values) {
    return new Requirement(key, Requirement.Operator.IN, Set.of(values));
  }

  public static ClaimRequest request(String storageClass, long gibibytes, String... modes) {
    return new ClaimRequest(storageClass, gibibytes << 30, Set.of(modes), false, null, "");
  }

  /** A class that waits for the first pod; its volumes are made in these zones, or anywhere. */
  public Volumes waiting(String name, String... zones) {
    List<List<Requirement>> topologies =
        zones.length == 0 ? List.of() : List.of(List.of(in("zone", zones)));
    return storageClass(new StorageClass(name, DRIVER, true, topologies));
  }

  /** A class for volumes that somebody else makes. */
  public Volumes unprovisioned(String name) {
    return storageClass(new StorageClass(name, "kubernetes.io/no-provisioner", true, List.of()));
  }

  public Volumes storageClass(StorageClass value) {
    classes.add(value);
    return this;
  }

  public Volumes claim(String name, ClaimRequest request) {
    return claim(name, request, Binding.NONE);
  }

  public Volumes claim(String name, ClaimRequest request, Binding binding) {
    return claim(name, null, request, binding);
  }

  public Volumes claim(String name, @Nullable String owner, ClaimRequest request, Binding binding) {
    claims.add(
        new VolumeClaim(new ObjectKey("default", name), "uid-" + name, owner, request, binding));
    return this;
  }

  /** A claim and the volume it is bound to, {@code pv-NAME}, which can be used there. */
  public Volumes bound(String name, @Nullable List<NodeSelectorTerm> affinity, String... modes) {
    claim(name, request("", 1, modes), Binding.to("pv-" + name));
    return volume(
        "pv-" + name,
        Map.of(),
        new Reach(affinity, new CsiVolume(DRIVER, "pv-" + name), null),
        name,
        request("", 1));
  }

  /** A claim bound to a volume that has these labels and no affinity. */
  public Volumes labelled(String name, Map<String, String> labels) {
    claim(name, request("", 1), Binding.to("pv-" + name));
    return volume("pv-" + name, labels, Reach.EVERYWHERE, name, request("", 1));
  }

  /** A volume that any claim of its class may get. */
  public Volumes free(String name, ClaimRequest terms, @Nullable List<NodeSelectorTerm> affinity) {
    return volume(name, Map.of(), new Reach(affinity, null, null), null, terms);
  }

  /** A volume for a claim, or for any. */
  public Volumes volume(
      String name,
      Map<String, String> labels,
      Reach reach,
      @Nullable String claim,
      ClaimRequest terms) {
    ClaimReference reference =
        claim == null ? null : new ClaimReference(new ObjectKey("default", claim), "uid-" + claim);
    volumes.add(
        new PersistentVolume(
            name, labels, new Offer(terms, claim == null, false), reach, reference));
    return this;
  }

  public Volumes volume(PersistentVolume value) {
    volumes.add(value);
    return this;
  }

  /** The node takes so many volumes. */
  public Volumes limit(String node, int limit) {
    nodes.add(new CsiNode(new NodeName(node), Map.of(DRIVER, limit), Set.of("zone"), Set.of()));
    return this;
  }

  public Volumes migrated(String node, String plugin) {
    nodes.add(new CsiNode(new NodeName(node), Map.of(), Set.of(), Set.of(plugin)));
    return this;
  }

  /** The driver says how much can be made where; null where no node can use it. */
  public Volumes capacity(String storageClass, @Nullable String zone, @Nullable Long gibibytes) {
    measured.add(DRIVER);
    capacities.add(
        new StorageCapacity(
            storageClass,
            zone == null ? null : new LabelSelector(Map.of("zone", zone), List.of()),
            gibibytes == null ? null : gibibytes << 30));
    return this;
  }

  public Volumes attached(String volume, String node) {
    attachments.add(new VolumeAttachment(DRIVER, volume, new NodeName(node)));
    return this;
  }

  public Storage build() {
    return new Storage(
        claims,
        volumes,
        classes,
        new Storage.Drivers(nodes, measured, capacities, attachments),
        Map.of("PersistentVolume pv-broken", "spec.capacity: not a quantity"));
  }
}
