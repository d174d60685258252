package dev.windlass.daemon.decode;

import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.VolumeClaim;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import java.util.Map;

/** PersistentVolumeClaims. */
public final class VolumeClaimDecoder {
  private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  private VolumeClaimDecoder() {}

  /** The claim, or what is wrong with it. */
  public static Decoded<VolumeClaim> decode(PersistentVolumeClaim written) {
    Problems problems = new Problems();
    ObjectMeta metadata = Fields.metadata(written);
    OwnerReference owner = Fields.controller(metadata);
    PersistentVolumeClaimSpec spec =
        written.getSpec() == null ? new PersistentVolumeClaimSpec() : written.getSpec();
    return problems.unlessAny(
        new VolumeClaim(
            Fields.key(metadata),
            Fields.text(metadata.getUid()),
            owner == null ? null : owner.uid(),
            ClaimRequests.of("spec", metadata, spec, problems),
            binding(written, metadata, spec)));
  }

  private static VolumeClaim.Binding binding(
      PersistentVolumeClaim written, ObjectMeta metadata, PersistentVolumeClaimSpec spec) {
    Map<String, String> annotations = Fields.map(metadata.getAnnotations());
    boolean lost = written.getStatus() != null && "Lost".equals(written.getStatus().getPhase());
    return new VolumeClaim.Binding(
        Fields.text(spec.getVolumeName()),
        annotations.containsKey(BIND_COMPLETED),
        lost,
        metadata.getDeletionTimestamp() != null,
        annotations.get(SELECTED_NODE));
  }
}
