package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.decode.ScaleTargetDecoder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Scale targets of the kinds that the Configuration lists, as far as the cluster serves them. */
final class CustomTargetStores {
  private final Map<Kind, Watched<GenericKubernetesResource, ScaleTarget>> watched =
      new HashMap<>();

  /** A kind of one version. */
  private record Kind(String apiVersion, String name) {}

  /**
   * Begins to watch.
   *
   * @param kinds each written {@code GROUP/VERSION/KIND}
   */
  CustomTargetStores(
      KubernetesClient client,
      List<String> kinds,
      ScaleTargetDecoder decoder,
      Consumer<String> failures) {
    for (String each : kinds) {
      int slash = each.lastIndexOf('/');
      Kind kind = new Kind(each.substring(0, slash), each.substring(slash + 1));
      if (isServed(client, kind, failures)) {
        watched.put(
            kind,
            Watched.start(
                each,
                client
                    .genericKubernetesResources(ScaleWrites.context(kind.apiVersion(), kind.name()))
                    .inAnyNamespace(),
                new DecodingStore<>(
                    object -> read(object, decoder),
                    Slim.of(GenericKubernetesResource::new),
                    (_, _) -> {}),
                failures));
      }
    }
  }

  private static Reading<ScaleTarget> read(
      GenericKubernetesResource object, ScaleTargetDecoder decoder) {
    try {
      Deployment alike = Serialization.unmarshal(Serialization.asJson(object), Deployment.class);
      return ClusterStores.target(decoder.decode(alike));
    } catch (KubernetesClientException | IllegalArgumentException _) {
      return new Reading<>(null, "it is not laid out as a Deployment is");
    }
  }

  private static boolean isServed(KubernetesClient client, Kind kind, Consumer<String> failures) {
    try {
      if (client.supports(kind.apiVersion(), kind.name())) {
        return true;
      }
      failures.accept("the cluster has no " + kind.apiVersion() + " " + kind.name() + " to scale");
    } catch (KubernetesClientException failure) {
      failures.accept("cannot tell whether there is a " + kind + ": " + failure.getMessage());
    }
    return false;
  }

  /** The target if its kind is listed and it is there. */
  Optional<ScaleTarget> target(TargetRef ref) {
    return Optional.ofNullable(watched.get(new Kind(ref.apiVersion(), ref.kind())))
        .flatMap(each -> each.store().decoded(ref.key().toString()));
  }

  List<Watched<GenericKubernetesResource, ScaleTarget>> watched() {
    return List.copyOf(watched.values());
  }
}
