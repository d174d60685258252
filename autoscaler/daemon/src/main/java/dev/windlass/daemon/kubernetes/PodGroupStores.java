package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.PodGroup;
import dev.windlass.daemon.decode.PodGroupDecoder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Pod groups of each maker whose definition the cluster has when the daemon starts. */
final class PodGroupStores {
  private static final List<ResourceDefinitionContext> MAKERS =
      List.of(
          maker("scheduling.x-k8s.io", "v1alpha1"),
          maker("scheduling.volcano.sh", "v1beta1"),
          maker("scheduling.k8s.io", "v1alpha2"));

  private final List<Watched<GenericKubernetesResource, PodGroup>> watched = new ArrayList<>();

  PodGroupStores(KubernetesClient client, Consumer<String> failures) {
    for (ResourceDefinitionContext maker : MAKERS) {
      if (isServed(client, maker, failures)) {
        DecodingStore<GenericKubernetesResource, PodGroup> store =
            new DecodingStore<>(
                each -> Reading.of(PodGroupDecoder.decode(each)),
                Slim.of(GenericKubernetesResource::new),
                (_, _) -> {});
        watched.add(
            Watched.start(
                "podgroups." + maker.getGroup(),
                client.genericKubernetesResources(maker).inAnyNamespace(),
                store,
                failures));
      }
    }
  }

  List<PodGroup> decoded() {
    List<PodGroup> groups = new ArrayList<>();
    watched.forEach(each -> groups.addAll(each.store().decoded()));
    return groups;
  }

  List<Watched<GenericKubernetesResource, PodGroup>> watched() {
    return List.copyOf(watched);
  }

  private static boolean isServed(
      KubernetesClient client, ResourceDefinitionContext maker, Consumer<String> failures) {
    try {
      return client.supports(maker.getGroup() + "/" + maker.getVersion(), maker.getKind());
    } catch (KubernetesClientException failure) {
      failures.accept(
          "cannot tell whether " + maker.getGroup() + " has pod groups: " + failure.getMessage());
      return false;
    }
  }

  private static ResourceDefinitionContext maker(String group, String version) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind("PodGroup")
        .withPlural("podgroups")
        .withNamespaced(true)
        .build();
  }
}
