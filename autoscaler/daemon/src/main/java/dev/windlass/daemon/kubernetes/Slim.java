package dev.windlass.daemon.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What is kept of an object once it is decoded: its names and its version. */
final class Slim {
  private Slim() {}

  /** Of a pod its address is kept too, for the metrics that it serves. */
  static UnaryOperator<Pod> ofPods() {
    UnaryOperator<Pod> slim = of(Pod::new);
    return pod -> {
      Pod kept = slim.apply(pod);
      String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
      kept.setStatus(new PodStatusBuilder().withPodIP(ip).build());
      return kept;
    };
  }

  static <S extends HasMetadata> UnaryOperator<S> of(Supplier<S> empty) {
    return object -> {
      S slim = empty.get();
      ObjectMeta metadata = object.getMetadata();
      slim.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(metadata.getNamespace())
              .withName(metadata.getName())
              .withUid(metadata.getUid())
              .withResourceVersion(metadata.getResourceVersion())
              .build());
      return slim;
    };
  }
}
