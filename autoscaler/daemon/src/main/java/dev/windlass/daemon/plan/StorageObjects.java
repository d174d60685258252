package dev.windlass.daemon.plan;

import dev.windlass.core.model.CsiNode;
import dev.windlass.core.model.PersistentVolume;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.StorageCapacity;
import dev.windlass.core.model.StorageClass;
import dev.windlass.core.model.VolumeAttachment;
import dev.windlass.core.model.VolumeClaim;
import dev.windlass.daemon.decode.Decoded;
import dev.windlass.daemon.decode.PersistentVolumeDecoder;
import dev.windlass.daemon.decode.StorageDecoder;
import dev.windlass.daemon.decode.VolumeClaimDecoder;
import dev.windlass.daemon.input.Document;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.CSIStorageCapacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Collects the objects of a dump that are about volumes. */
final class StorageObjects {
  private final ObjectReader reader;
  private final List<VolumeClaim> claims = new ArrayList<>();
  private final List<PersistentVolume> volumes = new ArrayList<>();
  private final List<StorageClass> classes = new ArrayList<>();
  private final List<CsiNode> nodes = new ArrayList<>();
  private final Set<String> measured = new HashSet<>();
  private final List<StorageCapacity> capacities = new ArrayList<>();
  private final List<VolumeAttachment> attachments = new ArrayList<>();
  private final Map<String, String> problems = new HashMap<>();

  StorageObjects(ObjectReader reader) {
    this.reader = reader;
  }

  /** Takes an object; says whether it is about volumes. */
  boolean accept(Document document) {
    switch (document.group() + "/" + document.kind()) {
      case "/PersistentVolumeClaim" ->
          read(document, PersistentVolumeClaim.class, VolumeClaimDecoder::decode)
              .ifPresent(claims::add);
      case "/PersistentVolume" ->
          read(
                  document,
                  io.fabric8.kubernetes.api.model.PersistentVolume.class,
                  PersistentVolumeDecoder::decode)
              .ifPresent(volumes::add);
      case "storage.k8s.io/StorageClass" ->
          read(
                  document,
                  io.fabric8.kubernetes.api.model.storage.StorageClass.class,
                  StorageDecoder::decode)
              .ifPresent(classes::add);
      case "storage.k8s.io/CSINode" ->
          read(document, CSINode.class, StorageDecoder::decode).ifPresent(nodes::add);
      case "storage.k8s.io/CSIDriver" ->
          reader
              .read(document, CSIDriver.class)
              .flatMap(StorageDecoder::measured)
              .ifPresent(measured::add);
      case "storage.k8s.io/CSIStorageCapacity" ->
          read(document, CSIStorageCapacity.class, StorageDecoder::decode)
              .ifPresent(capacities::add);
      case "storage.k8s.io/VolumeAttachment" ->
          reader
              .read(document, io.fabric8.kubernetes.api.model.storage.VolumeAttachment.class)
              .flatMap(StorageDecoder::decode)
              .ifPresent(attachments::add);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A bad object is remembered, so that a pod that needs it learns what is wrong. */
  private <S, T> Optional<T> read(
      Document document, Class<S> type, Function<S, Decoded<T>> decoder) {
    Optional<S> written = reader.read(document, type);
    Optional<Decoded<T>> decoded = written.map(decoder);
    String problem =
        decoded
            .map(each -> each instanceof Decoded.Bad<T> bad ? bad.sentence() : "")
            .orElse("a field has the wrong shape");
    if (!problem.isEmpty()) {
      problems.put(Storage.called(document.kind(), document.namespace(), document.name()), problem);
    }
    return decoded.flatMap(each -> reader.good(document, each));
  }

  Storage storage() {
    return new Storage(
        claims,
        volumes,
        classes,
        new Storage.Drivers(nodes, measured, capacities, attachments),
        problems);
  }
}
