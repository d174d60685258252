package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.CsiNode;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.StorageCapacity;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.model.VolumeAttachment;
import dev.windlass.core.model.VolumeClaim;
import dev.windlass.daemon.decode.PersistentVolumeDecoder;
import dev.windlass.daemon.decode.StorageDecoder;
import dev.windlass.daemon.decode.VolumeClaimDecoder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.CSIStorageCapacity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.StorageAPIGroupDSL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything that is watched about volumes. */
final class StorageStores {
  private final Consumer<String> failures;
  private final List<Watched<?, ?>> watched = new ArrayList<>();
  private final DecodingStore<PersistentVolumeClaim, VolumeClaim> claims;
  private final DecodingStore<io.fabric8.kubernetes.api.model.PersistentVolume, PersistentVolume>
      volumes;
  private final DecodingStore<io.fabric8.kubernetes.api.model.storage.StorageClass, StorageClass>
      classes;
  private final DecodingStore<CSINode, CsiNode> nodes;
  private final DecodingStore<CSIDriver, String> measured;
  private final DecodingStore<CSIStorageCapacity, StorageCapacity> capacities;
  private final DecodingStore<
          io.fabric8.kubernetes.api.model.storage.VolumeAttachment, VolumeAttachment>
      attachments;

  StorageStores(KubernetesClient client, Consumer<String> failures) {
    this.failures = failures;
    StorageAPIGroupDSL storage = client.storage();
    claims =
        watch(
            "persistentvolumeclaims",
            client.persistentVolumeClaims().inAnyNamespace(),
            each -> Reading.of(VolumeClaimDecoder.decode(each)),
            PersistentVolumeClaim::new);
    volumes =
        watch(
            "persistentvolumes",
            client.persistentVolumes(),
            each -> Reading.of(PersistentVolumeDecoder.decode(each)),
            io.fabric8.kubernetes.api.model.PersistentVolume::new);
    classes =
        watch(
            "storageclasses",
            storage.v1().storageClasses(),
            each -> Reading.of(StorageDecoder.decode(each)),
            io.fabric8.kubernetes.api.model.storage.StorageClass::new);
    nodes =
        watch(
            "csinodes",
            storage.v1().csiNodes(),
            each -> Reading.of(StorageDecoder.decode(each)),
            CSINode::new);
    measured =
        watch(
            "csidrivers",
            storage.v1().csiDrivers(),
            each -> reading(StorageDecoder.measured(each)),
            CSIDriver::new);
    capacities =
        watch(
            "csistoragecapacities",
            storage.v1().csiStorageCapacities().inAnyNamespace(),
            each -> Reading.of(StorageDecoder.decode(each)),
            CSIStorageCapacity::new);
    attachments =
        watch(
            "volumeattachments",
            storage.v1().volumeAttachments(),
            each -> reading(StorageDecoder.decode(each)),
            io.fabric8.kubernetes.api.model.storage.VolumeAttachment::new);
  }

  private static <T> Reading<T> reading(Optional<T> value) {
    return new Reading<>(value.orElse(null), "");
  }

  private <S extends HasMetadata, T> DecodingStore<S, T> watch(
      String name, Informable<S> source, Function<S, Reading<T>> decode, Supplier<S> empty) {
    DecodingStore<S, T> store = new DecodingStore<>(decode, Slim.of(empty), (_, _) -> {});
    watched.add(Watched.start(name, source, store, failures));
    return store;
  }

  List<Watched<?, ?>> watched() {
    return List.copyOf(watched);
  }

  List<CsiNode> nodes() {
    return nodes.decoded();
  }

  Storage storage() {
    Map<String, String> problems = new HashMap<>();
    claims.problems().forEach((key, each) -> problems.put("PersistentVolumeClaim " + key, each));
    volumes.problems().forEach((key, each) -> problems.put("PersistentVolume " + key, each));
    return new Storage(
        claims.decoded(),
        volumes.decoded(),
        classes.decoded(),
        new Storage.Drivers(
            nodes.decoded(),
            Set.copyOf(measured.decoded()),
            capacities.decoded(),
            attachments.decoded()),
        problems);
  }
}
