package dev.windlass.daemon.decode;

import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.PersistentVolume.ClaimReference;
import dev.windlass.core.model.PersistentVolume.Migration;
import dev.windlass.core.model.PersistentVolume.Offer;
import dev.windlass.core.model.PersistentVolume.Reach;
import dev.windlass.daemon.decode.InTreeVolumes.InTree;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PersistentVolumes. */
public final class PersistentVolumeDecoder {
  private PersistentVolumeDecoder() {}

  /** The volume, or what is wrong with it. */
  public static Decoded<PersistentVolume> decode(
      io.fabric8.kubernetes.api.model.PersistentVolume written) {
    Problems problems = new Problems();
    ObjectMeta metadata = Fields.metadata(written);
    PersistentVolumeSpec spec =
        written.getSpec() == null ? new PersistentVolumeSpec() : written.getSpec();
    boolean available =
        written.getStatus() != null && "Available".equals(written.getStatus().getPhase());
    Map<String, String> labels = Fields.map(metadata.getLabels());
    return problems.unlessAny(
        new PersistentVolume(
            Fields.text(metadata.getName()),
            labels,
            new Offer(
                ClaimRequests.of(metadata, spec, problems),
                available,
                metadata.getDeletionTimestamp() != null),
            reach(spec, labels, problems),
            claim(spec.getClaimRef())));
  }

  private static @Nullable ClaimReference claim(@Nullable ObjectReference written) {
    return written == null
        ? null
        : new ClaimReference(
            new ObjectKey(Fields.text(written.getNamespace()), Fields.text(written.getName())),
            Fields.text(written.getUid()));
  }

  private static Reach reach(
      PersistentVolumeSpec spec, Map<String, String> labels, Problems problems) {
    List<NodeSelectorTerm> affinity = affinity(spec, problems);
    if (spec.getCsi() != null) {
      String driver = Fields.text(spec.getCsi().getDriver());
      String handle = Fields.text(spec.getCsi().getVolumeHandle());
      boolean named = !driver.isEmpty() && !handle.isEmpty();
      return new Reach(affinity, named ? new CsiVolume(driver, handle) : null, null);
    }
    String zones = labels.getOrDefault(MigratedAffinity.OLD_ZONE, "");
    zones = zones.isEmpty() ? labels.getOrDefault(Keys.ZONE, "") : zones;
    InTree inTree = InTreeVolumes.of(spec, InTreeVolumes.zones(zones)).orElse(null);
    if (inTree == null) {
      return new Reach(affinity, null, null);
    }
    String driverKey = InTreeVolumes.topologyKey(inTree.plugin()).orElse("");
    List<NodeSelectorTerm> migrated =
        driverKey.isEmpty() ? affinity : MigratedAffinity.of(affinity, labels, driverKey);
    return new Reach(affinity, inTree.volume(), new Migration(inTree.plugin(), migrated));
  }

  private static @Nullable List<NodeSelectorTerm> affinity(
      PersistentVolumeSpec spec, Problems problems) {
    NodeSelector required =
        spec.getNodeAffinity() == null ? null : spec.getNodeAffinity().getRequired();
    if (required == null) {
      return null;
    }
    List<NodeSelectorTerm> terms = new ArrayList<>();
    for (io.fabric8.kubernetes.api.model.NodeSelectorTerm each :
        Fields.list(required.getNodeSelectorTerms())) {
      String field = "spec.nodeAffinity.required.nodeSelectorTerms[" + terms.size() + "]";
      terms.add(
          new NodeSelectorTerm(
              SelectorDecoder.nodeExpressions(
                  field + ".matchExpressions", each.getMatchExpressions(), problems),
              SelectorDecoder.nodeExpressions(
                  field + ".matchFields", each.getMatchFields(), problems)));
    }
    return terms;
  }
}
