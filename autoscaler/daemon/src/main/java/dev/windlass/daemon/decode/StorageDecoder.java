package dev.windlass.daemon.decode;

import dev.windlass.core.model.CsiNode;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.StorageCapacity;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.model.VolumeAttachment;
import io.fabric8.kubernetes.api.model.TopologySelectorLabelRequirement;
import io.fabric8.kubernetes.api.model.TopologySelectorTerm;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.CSINodeDriver;
import io.fabric8.kubernetes.api.model.storage.CSIStorageCapacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Storage classes, and what CSI drivers say of themselves and of nodes. */
public final class StorageDecoder {
  private static final String MIGRATED_PLUGINS = "storage.alpha.kubernetes.io/migrated-plugins";

  private StorageDecoder() {}

  /** The class, or what is wrong with it. */
  public static Decoded<StorageClass> decode(
      io.fabric8.kubernetes.api.model.storage.StorageClass written) {
    List<List<Requirement>> topologies = new ArrayList<>();
    for (TopologySelectorTerm term : Fields.list(written.getAllowedTopologies())) {
      List<Requirement> expressions = new ArrayList<>();
      for (TopologySelectorLabelRequirement each : Fields.list(term.getMatchLabelExpressions())) {
        expressions.add(
            new Requirement(
                Fields.text(each.getKey()),
                Requirement.Operator.IN,
                Set.copyOf(Fields.list(each.getValues()))));
      }
      topologies.add(expressions);
    }
    return new Decoded.Ok<>(
        new StorageClass(
            Fields.text(Fields.metadata(written).getName()),
            Fields.text(written.getProvisioner()),
            "WaitForFirstConsumer".equals(written.getVolumeBindingMode()),
            topologies));
  }

  /** What drivers say of a node, or what is wrong with it. */
  public static Decoded<CsiNode> decode(CSINode written) {
    Problems problems = new Problems();
    String name = Fields.text(Fields.metadata(written).getName());
    if (name.isBlank()) {
      problems.add("metadata.name", name, "a name");
      return problems.bad();
    }
    Map<String, Integer> limits = new HashMap<>();
    Set<String> topologyKeys = new HashSet<>();
    List<CSINodeDriver> drivers =
        written.getSpec() == null ? List.of() : Fields.list(written.getSpec().getDrivers());
    for (CSINodeDriver each : drivers) {
      if (each.getAllocatable() != null && each.getAllocatable().getCount() != null) {
        limits.put(Fields.text(each.getName()), each.getAllocatable().getCount());
      }
      topologyKeys.addAll(Fields.list(each.getTopologyKeys()));
    }
    String migrated =
        Fields.map(Fields.metadata(written).getAnnotations()).getOrDefault(MIGRATED_PLUGINS, "");
    return problems.unlessAny(
        new CsiNode(
            new NodeName(name),
            limits,
            topologyKeys,
            Set.copyOf(List.of(migrated.split(",", -1)))));
  }

  /** The driver's name if it publishes how much can still be made; empty if not. */
  public static Optional<String> measured(CSIDriver written) {
    boolean measured =
        written.getSpec() != null && Boolean.TRUE.equals(written.getSpec().getStorageCapacity());
    return measured
        ? Optional.of(Fields.text(Fields.metadata(written).getName()))
        : Optional.empty();
  }

  /** How much can still be made, or what is wrong with that. */
  public static Decoded<StorageCapacity> decode(CSIStorageCapacity written) {
    Problems problems = new Problems();
    LabelSelector nodes =
        written.getNodeTopology() == null
            ? null
            : SelectorDecoder.decode("nodeTopology", written.getNodeTopology(), problems);
    return problems.unlessAny(
        new StorageCapacity(
            Fields.text(written.getStorageClassName()),
            nodes,
            written.getMaximumVolumeSize() == null
                ? ClaimRequests.bytes("capacity", written.getCapacity(), problems)
                : ClaimRequests.bytes(
                    "maximumVolumeSize", written.getMaximumVolumeSize(), problems)));
  }

  /** The attachment; empty when it names no volume or no node. */
  public static Optional<VolumeAttachment> decode(
      io.fabric8.kubernetes.api.model.storage.VolumeAttachment written) {
    if (written.getSpec() == null || written.getSpec().getSource() == null) {
      return Optional.empty();
    }
    String driver = Fields.text(written.getSpec().getAttacher());
    String volume = Fields.text(written.getSpec().getSource().getPersistentVolumeName());
    String node = Fields.text(written.getSpec().getNodeName());
    return driver.isEmpty() || volume.isEmpty() || node.isBlank()
        ? Optional.empty()
        : Optional.of(new VolumeAttachment(driver, volume, new NodeName(node)));
  }
}
