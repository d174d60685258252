package dev.windlass.simulations.arena;

import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.simulations.cloud.CloudGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in the cluster before the daemon starts: definitions, its rights, node groups. */
final class Installation {
  private static final String NAMESPACE = "windlass-system";
  private static final String PART_OF_THE_DEMO = "/dev/windlass/simulations/demo/";

  private Installation() {}

  static void install(KubernetesClient admin) throws InterruptedException {
    List<HasMetadata> definitions = new ArrayList<>(CustomResourceDefinitions.all());
    definitions.addAll(read(admin, PART_OF_THE_DEMO + "podgroups.yaml"));
    for (HasMetadata definition : definitions) {
      admin.resource(definition).create();
    }
    for (HasMetadata definition : definitions) {
      Patience.await(
          "definition " + definition.getMetadata().getName(),
          () -> isEstablished(admin, definition.getMetadata().getName()));
    }
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    read(admin, PART_OF_THE_DEMO + "rbac.yaml").forEach(each -> admin.resource(each).create());
    read(admin, "groups.yaml").forEach(each -> admin.resource(each).create());
    Patience.await(
        "the usual service account",
        () ->
            admin.serviceAccounts().inNamespace(ArenaPods.NAMESPACE).withName("default").get()
                != null);
  }

  private static boolean isEstablished(KubernetesClient admin, String name) {
    CustomResourceDefinition seen =
        admin.apiextensions().v1().customResourceDefinitions().withName(name).get();
    return seen.getStatus() != null
        && seen.getStatus().getConditions() != null
        && seen.getStatus().getConditions().stream()
            .anyMatch(
                each -> each.getType().equals("Established") && each.getStatus().equals("True"));
  }

  /** What the cloud sells: what the node groups name. */
  static List<CloudGroup> cloudGroups(KubernetesClient admin) {
    return read(admin, "groups.yaml").stream()
        .map(object ->
            Serialization.unmarshal(Serialization.asJson(object), NodeGroupResource.class))
        .map(resource -> NodeGroupMapping.parse(resource, InstanceCatalogue.bundled()))
        .map(Installation::cloudGroup)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<CloudGroup> cloudGroup(Parsed<NodeGroupDefinition> parsed) {
    return switch (parsed) {
      case Parsed.Ok<NodeGroupDefinition>(NodeGroupDefinition it) ->
          it.reference()
              .map(reference ->
                  new CloudGroup(
                      reference.cloudId(),
                      it.group().name(),
                      it.group().offerings(),
                      it.group().size().max(),
                      0));
      case Parsed.Bad<NodeGroupDefinition> bad ->
          throw new IllegalStateException("a node group of the arena is wrong: " + bad.problems());
    };
  }

  private static List<HasMetadata> read(KubernetesClient client, String file) {
    try (InputStream stream = Installation.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      return client.load(stream).items();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
