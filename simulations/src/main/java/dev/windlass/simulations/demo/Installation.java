package dev.windlass.simulations.demo;

import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.resource.CustomResourceDefinitions;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.simulations.cloud.CloudGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is there before the daemon starts: definitions, rights, the cluster's first objects. */
final class Installation {
  private static final String DAEMON_NAMESPACE = "windlass-system";

  private final KubernetesClient admin;

  Installation(KubernetesClient admin) {
    this.admin = admin;
  }

  /** Installs definitions, then the daemon's rights, as a person would with kubectl. */
  void install(List<String> rightsFiles) {
    CustomResourceDefinitions.all().forEach(this::create);
    Scenario.read("podgroups.yaml").forEach(this::create);
    create(
        new NamespaceBuilder().withNewMetadata().withName(DAEMON_NAMESPACE).endMetadata().build());
    rightsFiles.forEach(file -> Scenario.read(file).forEach(this::create));
  }

  /** Creates one object; one that exists already stays as it is. */
  void create(HasMetadata object) {
    try {
      HasMetadata created = admin.resource(object).create();
      if (object instanceof GenericKubernetesResource given && given.get("status") != null) {
        writeStatus(created.getMetadata().getResourceVersion(), given);
      }
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != 409) {
        throw refused;
      }
    }
  }

  /** What an object was like yesterday evening; the API server takes no status when it creates. */
  private void writeStatus(String version, GenericKubernetesResource given) {
    GenericKubernetesResource changed = new KubernetesSerialization().clone(given);
    changed.getMetadata().setResourceVersion(version);
    admin.resource(changed).updateStatus();
  }

  /** The machines that the scenario's cloud sells, taken from the NodeGroups that name them. */
  static List<CloudGroup> cloudGroups(Scenario scenario) {
    List<CloudGroup> groups = new ArrayList<>();
    for (NodeGroupDefinition definition : nodeGroups(scenario)) {
      NodeGroup group = definition.group();
      definition
          .reference()
          .ifPresent(reference ->
              groups.add(
                  new CloudGroup(
                      reference.cloudId(),
                      group.name(),
                      group.offerings(),
                      group.size().max(),
                      group.size().min())));
    }
    return groups;
  }

  /** The least nodes of each group. */
  static Map<NodeGroupName, Integer> minNodes(Scenario scenario) {
    Map<NodeGroupName, Integer> minNodes = new LinkedHashMap<>();
    nodeGroups(scenario).forEach(it -> minNodes.put(it.group().name(), it.group().size().min()));
    return minNodes;
  }

  private static List<NodeGroupDefinition> nodeGroups(Scenario scenario) {
    InstanceCatalogue catalogue = InstanceCatalogue.bundled();
    return scenario.initial().stream()
        .filter(object -> object.getKind().equals("NodeGroup"))
        .map(object -> Serialization.asJson(object))
        .map(json -> Serialization.unmarshal(json, NodeGroupResource.class))
        .map(resource -> definition(NodeGroupMapping.parse(resource, catalogue)))
        .toList();
  }

  private static NodeGroupDefinition definition(Parsed<NodeGroupDefinition> parsed) {
    return switch (parsed) {
      case Parsed.Ok<NodeGroupDefinition> ok -> ok.value();
      case Parsed.Bad<NodeGroupDefinition> bad ->
          throw new IllegalStateException(
              "a NodeGroup of the scenario is wrong: " + bad.problems());
    };
  }
}
