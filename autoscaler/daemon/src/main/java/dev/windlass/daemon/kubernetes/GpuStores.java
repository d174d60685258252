package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.daemon.resource.GpuNodeMapping;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuStackMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.engine.WakeUp;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** GPU stacks and GPU nodes, as they are written and as they are meant. */
final class GpuStores {
  private final DecodingStore<GpuStackResource, GpuStack> stacks;
  private final DecodingStore<GpuNodeResource, GpuNode> nodes;
  private final List<Watched<?, ?>> watched;
  private final WakeUp nodeWrites = new WakeUp();

  /**
   * Begins to watch.
   *
   * @param wakeUp is poked when a GPU node means something else than before
   */
  GpuStores(KubernetesClient client, WakeUp wakeUp, Consumer<String> failures) {
    stacks =
        new DecodingStore<>(
            each -> Reading.of(GpuStackMapping.parse(each)),
            UnaryOperator.identity(),
            (_, _) -> {});
    nodes =
        new DecodingStore<>(
            each -> Reading.of(GpuNodeMapping.parse(each)),
            (_, _) -> null,
            UnaryOperator.identity(),
            (_, _) -> wakeUp.poke(),
            nodeWrites::poke);
    watched =
        List.of(
            Watched.start("gpustacks", client.resources(GpuStackResource.class), stacks, failures),
            Watched.start("gpunodes", client.resources(GpuNodeResource.class), nodes, failures));
  }

  DecodingStore<GpuStackResource, GpuStack> stacks() {
    return stacks;
  }

  /** A stack as it is written. */
  Optional<GpuStackResource> stack(GpuStackName name) {
    return Optional.ofNullable(stacks.get(name.value()));
  }

  DecodingStore<GpuNodeResource, GpuNode> nodes() {
    return nodes;
  }

  /** Is poked at each write of a GPU node, those that mean nothing to the decision included. */
  WakeUp nodeWrites() {
    return nodeWrites;
  }

  List<Watched<?, ?>> watched() {
    return watched;
  }
}
