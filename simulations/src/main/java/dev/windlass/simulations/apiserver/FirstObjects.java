package dev.windlass.simulations.apiserver;

import dev.windlass.simulations.apiserver.http.Backend;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.rest.Target;
import dev.windlass.simulations.apiserver.rest.WriteOptions;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What every new server has: its namespaces and the role of administrators. */
final class FirstObjects {
  private static final String ROLES = "rbac.authorization.k8s.io";
  private static final String ADMIN = "cluster-admin";

  private FirstObjects() {}

  static void create(Backend backend) {
    for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
      create(backend, backend.types().builtIn("", "namespaces"), name, Json.object());
    }
    ObjectNode role = Json.object();
    ObjectNode rule = Json.list(role, "rules").addObject();
    List.of("apiGroups", "resources", "verbs").forEach(field -> Json.list(rule, field).add("*"));
    ObjectNode paths = Json.list(role, "rules").addObject();
    Json.list(paths, "nonResourceURLs").add("*");
    Json.list(paths, "verbs").add("*");
    create(backend, backend.types().builtIn(ROLES, "clusterroles"), ADMIN, role);
    ObjectNode binding = Json.object();
    binding
        .putObject("roleRef")
        .put("apiGroup", ROLES)
        .put("kind", "ClusterRole")
        .put("name", ADMIN);
    Json.list(binding, "subjects")
        .addObject()
        .put("kind", "Group")
        .put("apiGroup", ROLES)
        .put("name", "system:masters");
    create(backend, backend.types().builtIn(ROLES, "clusterrolebindings"), ADMIN, binding);
  }

  private static void create(Backend backend, ResourceType type, String name, ObjectNode content) {
    ObjectNode object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    object.putObject("metadata").put("name", name);
    object.setAll(content);
    backend
        .writer()
        .create(new Target(type, "", name, ""), object, WriteOptions.internal("kube-apiserver"));
  }
}
