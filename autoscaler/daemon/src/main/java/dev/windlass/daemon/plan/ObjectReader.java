package dev.windlass.daemon.plan;

import dev.windlass.daemon.decode.Decoded;
import dev.windlass.daemon.input.Document;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns documents into typed objects, and remembers those that could not be understood. */
final class ObjectReader {
  private final List<Unread.Ignored> refused = new ArrayList<>();
  private final SortedMap<String, Integer> otherKinds = new TreeMap<>();

  /** The object; empty, with a note, if a field has the wrong shape. */
  <T> Optional<T> read(Document document, Class<T> type) {
    try {
      T value = Serialization.unmarshal(document.tree().toString(), type);
      if (value instanceof HasMetadata object && object.getMetadata() == null) {
        object.setMetadata(new ObjectMeta());
      }
      return Optional.of(value);
    } catch (KubernetesClientException | IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      refuse(document.kind(), name(document.namespace(), document.name()) + ": " + why);
      return Optional.empty();
    }
  }

  /** The value; empty, with a note, if the object is bad. */
  <T> Optional<T> good(Document document, Decoded<T> decoded) {
    return good(document.kind(), name(document.namespace(), document.name()), decoded);
  }

  /** The value; empty, with a note, if the object is bad. */
  <T> Optional<T> good(HasMetadata object, Decoded<T> decoded) {
    String name = name(object.getMetadata().getNamespace(), object.getMetadata().getName());
    return good(object.getKind(), name, decoded);
  }

  private <T> Optional<T> good(String kind, String name, Decoded<T> decoded) {
    if (decoded instanceof Decoded.Bad<T> bad) {
      refuse(kind, name + ": " + bad.sentence());
    }
    return decoded.toOptional();
  }

  /** Notes an object that could not be understood. */
  void refuse(String kind, String reason) {
    refused.add(new Unread.Ignored(kind, 1, reason));
  }

  /** Notes an object of a kind that is not looked at. */
  void skip(String kind) {
    otherKinds.merge(kind, 1, Integer::sum);
  }

  /** Name and node of a pod whose rest has the wrong shape. */
  static Pod outline(Document document) {
    String node = document.tree().path("spec").path("nodeName").asString("");
    return new PodBuilder()
        .withNewMetadata()
        .withName(document.name())
        .withNamespace(document.namespace())
        .endMetadata()
        .withNewSpec()
        .withNodeName(node.isEmpty() ? null : node)
        .endSpec()
        .build();
  }

  /** Everything that was noted: kinds by name, then objects in the order of the input. */
  List<Unread.Ignored> ignored() {
    List<Unread.Ignored> all = new ArrayList<>();
    otherKinds.forEach((kind, count) -> all.add(new Unread.Ignored(kind, count, null)));
    all.addAll(refused);
    return all;
  }

  private static String name(String namespace, String name) {
    return namespace == null || namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
