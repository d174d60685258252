package dev.windlass.daemon.decode;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.PodVolume;
import dev.windlass.core.model.PodVolume.Disk;
import dev.windlass.core.model.PodVolume.Kind;
import dev.windlass.daemon.decode.InTreeVolumes.InTree;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimTemplate;
import io.fabric8.kubernetes.api.model.RBDVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Those volumes of a pod that may limit where it runs; config maps and the like never do. */
final class PodVolumeDecoder {
  private PodVolumeDecoder() {}

  static List<PodVolume> decode(String field, @Nullable List<Volume> written, Problems problems) {
    List<PodVolume> volumes = new ArrayList<>();
    for (Volume each : Fields.list(written)) {
      PodVolume volume = decode(field, each, problems);
      if (volume != null) {
        volumes.add(volume);
      }
    }
    return volumes;
  }

  private static @Nullable PodVolume decode(String field, Volume written, Problems problems) {
    if (written.getPersistentVolumeClaim() != null) {
      return new PodVolume.Claim(Fields.text(written.getPersistentVolumeClaim().getClaimName()));
    }
    if (written.getEphemeral() != null) {
      String name = Fields.text(written.getName());
      String at = field + "[" + name + "].ephemeral.volumeClaimTemplate.spec";
      return new PodVolume.Ephemeral(
          name, request(at, written.getEphemeral().getVolumeClaimTemplate(), problems));
    }
    return disk(written);
  }

  private static ClaimRequest request(
      String field, @Nullable PersistentVolumeClaimTemplate template, Problems problems) {
    PersistentVolumeClaimTemplate known =
        template == null ? new PersistentVolumeClaimTemplate() : template;
    return ClaimRequests.of(
        field,
        known.getMetadata() == null ? new ObjectMeta() : known.getMetadata(),
        known.getSpec() == null ? new PersistentVolumeClaimSpec() : known.getSpec(),
        problems);
  }

  /** A claim template of a StatefulSet: each pod that it makes gets a claim of its own. */
  static PodVolume template(PersistentVolumeClaim written, Problems problems) {
    ObjectMeta metadata = Fields.metadata(written);
    String name = Fields.text(metadata.getName());
    return new PodVolume.Ephemeral(
        name,
        ClaimRequests.of(
            "spec.volumeClaimTemplates[" + name + "].spec",
            metadata,
            written.getSpec() == null ? new PersistentVolumeClaimSpec() : written.getSpec(),
            problems));
  }

  private static @Nullable Disk disk(Volume written) {
    InTree inTree = InTreeVolumes.of(written).orElse(null);
    CsiVolume attachment = inTree == null ? null : inTree.volume();
    if (written.getAwsElasticBlockStore() != null) {
      return disk(
          Kind.AWS_ELASTIC_BLOCK_STORE,
          written.getAwsElasticBlockStore().getVolumeID(),
          written.getAwsElasticBlockStore().getReadOnly(),
          attachment);
    }
    if (written.getGcePersistentDisk() != null) {
      return disk(
          Kind.GCE_PERSISTENT_DISK,
          written.getGcePersistentDisk().getPdName(),
          written.getGcePersistentDisk().getReadOnly(),
          attachment);
    }
    if (written.getIscsi() != null) {
      return disk(Kind.ISCSI, written.getIscsi().getIqn(), written.getIscsi().getReadOnly(), null);
    }
    if (written.getRbd() != null) {
      return rbd(written.getRbd());
    }
    return attachment == null
        ? null
        : disk(Kind.OTHER, attachment.handle(), Boolean.FALSE, attachment);
  }

  private static Disk disk(
      Kind kind, @Nullable String id, @Nullable Boolean readOnly, @Nullable CsiVolume attachment) {
    return new Disk(kind, Fields.text(id), Set.of(), Boolean.TRUE.equals(readOnly), attachment);
  }

  private static Disk rbd(RBDVolumeSource written) {
    String pool = written.getPool() == null ? "rbd" : written.getPool();
    return new Disk(
        Kind.RBD,
        pool + "/" + Fields.text(written.getImage()),
        Set.copyOf(Fields.list(written.getMonitors())),
        Boolean.TRUE.equals(written.getReadOnly()),
        null);
  }
}
