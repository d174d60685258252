package dev.windlass.simulations.apiserver.http;

import dev.windlass.simulations.apiserver.AggregatedApi;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.Types;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is served: groups, versions, resources. */
final class Discovery {
  private static final Set<String> CREATE_ONLY =
      Set.of(
          "bindings",
          "localsubjectaccessreviews",
          "selfsubjectaccessreviews",
          "selfsubjectrulesreviews",
          "subjectaccessreviews",
          "selfsubjectreviews",
          "tokenreviews");
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private final Types types;
  private final List<AggregatedApi> aggregated;

  Discovery(Types types, List<AggregatedApi> aggregated) {
    this.types = types;
    this.aggregated = aggregated;
  }

  /** Whether objects of this resource are only made, and never kept. */
  static boolean isCreateOnly(ResourceType type) {
    return CREATE_ONLY.contains(type.plural());
  }

  ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private SortedMap<String, SortedSet<String>> groups() {
    SortedMap<String, SortedSet<String>> groups = new TreeMap<>();
    types.all().stream()
        .filter(type -> !type.group().isEmpty())
        .forEach(
            type -> groups.computeIfAbsent(type.group(), _ -> new TreeSet<>()).add(type.version()));
    for (AggregatedApi api : aggregated) {
      String[] parts = api.groupVersion().split("/");
      groups.computeIfAbsent(parts[0], _ -> new TreeSet<>()).add(parts[1]);
    }
    return groups;
  }

  ObjectNode groupList() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode all = list.putArray("groups");
    groups().forEach((name, versions) -> all.add(group(name, versions, false)));
    return list;
  }

  Optional<ObjectNode> group(String name) {
    return Optional.ofNullable(groups().get(name)).map(versions -> group(name, versions, true));
  }

  private static ObjectNode group(String name, Collection<String> versions, boolean alone) {
    ObjectNode group = Json.object();
    if (alone) {
      group.put("kind", "APIGroup").put("apiVersion", "v1");
    }
    group.put("name", name);
    ArrayNode all = group.putArray("versions");
    for (String version : versions) {
      all.addObject().put("groupVersion", name + "/" + version).put("version", version);
    }
    group.set("preferredVersion", all.get(0).deepCopy());
    return group;
  }

  /** The resources of a version; empty when there are none. */
  Optional<ObjectNode> resources(String group, String version) {
    String groupVersion = group.isEmpty() ? version : group + "/" + version;
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    ArrayNode all = list.put("groupVersion", groupVersion).putArray("resources");
    sorted(group, version).forEach(type -> add(all, type));
    for (AggregatedApi api : aggregated) {
      if (api.groupVersion().equals(groupVersion)) {
        for (AggregatedApi.Resource resource : api.resources()) {
          ObjectNode one =
              all.addObject()
                  .put("name", resource.plural())
                  .put("singularName", "")
                  .put("namespaced", resource.namespaced())
                  .put("kind", resource.kind());
          one.putArray("verbs").add("get").add("list");
        }
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private Stream<ResourceType> sorted(String group, String version) {
    return types
        .ofGroup(group)
        .filter(type -> type.version().equals(version))
        .sorted(Comparator.comparing(ResourceType::plural));
  }

  private static void add(ArrayNode all, ResourceType type) {
    ObjectNode one =
        all.addObject()
            .put("name", type.plural())
            .put("singularName", type.names().singular())
            .put("namespaced", type.namespaced())
            .put("kind", type.kind());
    ArrayNode verbs = one.putArray("verbs");
    (isCreateOnly(type) ? List.of("create") : VERBS)
        .stream()
            .filter(verb -> !(type.isNamespace() && verb.equals("deletecollection")))
            .forEach(verbs::add);
    type.names().shortNames().forEach(name -> Json.list(one, "shortNames").add(name));
    type.names().categories().forEach(name -> Json.list(one, "categories").add(name));
    type.subresources().stream().sorted().forEach(sub -> addSubresource(all, type, sub));
  }

  private static void addSubresource(ArrayNode all, ResourceType type, String subresource) {
    ObjectNode one =
        all.addObject()
            .put("name", type.plural() + "/" + subresource)
            .put("singularName", "")
            .put("namespaced", type.namespaced());
    switch (subresource) {
      case "scale" -> one.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
      case "eviction" -> one.put("group", "policy").put("version", "v1").put("kind", "Eviction");
      case "binding" -> one.put("kind", "Binding");
      case "token" ->
          one.put("group", "authentication.k8s.io")
              .put("version", "v1")
              .put("kind", "TokenRequest");
      default -> one.put("kind", type.kind());
    }
    ArrayNode verbs = one.putArray("verbs");
    switch (subresource) {
      case "eviction", "binding", "token" -> verbs.add("create");
      case "log" -> verbs.add("get");
      default -> verbs.add("get").add("patch").add("update");
    }
  }
}
