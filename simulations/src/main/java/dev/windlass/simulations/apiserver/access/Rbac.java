package dev.windlass.simulations.apiserver.access;

import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.ResourceType;
import dev.windlass.simulations.apiserver.store.ObjectKey;
import dev.windlass.simulations.apiserver.store.ObjectStore;
import dev.windlass.simulations.apiserver.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Decides by roles and bindings; discovery and questions about oneself are free to the
 * authenticated.
 */
public final class Rbac {
  private static final Set<String> PUBLIC =
      Set.of("/healthz", "/livez", "/readyz", "/version", "/version/");
  private static final List<String> DISCOVERY =
      List.of("/api", "/openapi", "/healthz", "/livez", "/readyz");
  private static final Set<String> SELF =
      Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews");

  /** The types that hold the rules. */
  public record RoleTypes(
      ResourceType roles,
      ResourceType clusterRoles,
      ResourceType roleBindings,
      ResourceType clusterRoleBindings) {}

  private final ObjectStore store;
  private final RoleTypes types;

  public Rbac(ObjectStore store, RoleTypes types) {
    this.store = store;
    this.types = types;
  }

  /** Why a request is allowed; empty when it is not. */
  public Optional<String> allows(User user, Access access) {
    if (user.isMaster()) {
      return Optional.of("");
    }
    if (isFree(user, access)) {
      return Optional.of("RBAC: allowed to everybody");
    }
    return reason(user, access, types.clusterRoleBindings(), "")
        .or(() ->
            access.namespace().isEmpty()
                ? Optional.empty()
                : reason(user, access, types.roleBindings(), access.namespace()));
  }

  private static boolean isFree(User user, Access access) {
    boolean known = user.groups().contains(User.AUTHENTICATED);
    if (access.isResource()) {
      return known && access.verb().equals("create") && SELF.contains(access.resource());
    }
    String path = access.path();
    boolean discovery = known && DISCOVERY.stream().anyMatch(path::startsWith);
    return access.verb().equals("get")
        && (PUBLIC.contains(path) || discovery || (known && path.equals("/")));
  }

  private Optional<String> reason(
      User user, Access access, ResourceType bindings, String namespace) {
    for (StoredObject binding : store.list(bindings, namespace).objects()) {
      if (names(binding.json(), user) && anyAllows(rules(binding.json()), access)) {
        JsonNode role = binding.json().path("roleRef");
        return Optional.of(
            "RBAC: allowed by %s \"%s\" of %s \"%s\" to User \"%s\""
                .formatted(
                    bindings.kind(),
                    Json.string(binding.json(), "metadata", "name")
                        + (namespace.isEmpty() ? "" : "/" + namespace),
                    Json.string(role, "kind"),
                    Json.string(role, "name"),
                    user.name()));
      }
    }
    return Optional.empty();
  }

  /** All rules that apply to a user in a namespace. */
  public List<JsonNode> rulesOf(User user, String namespace) {
    List<JsonNode> all = new ArrayList<>();
    for (StoredObject binding : store.list(types.clusterRoleBindings(), "").objects()) {
      if (names(binding.json(), user)) {
        rules(binding.json()).forEach(all::add);
      }
    }
    for (StoredObject binding : store.list(types.roleBindings(), namespace).objects()) {
      if (names(binding.json(), user)) {
        rules(binding.json()).forEach(all::add);
      }
    }
    return all;
  }

  private static boolean anyAllows(JsonNode rules, Access access) {
    for (JsonNode rule : rules) {
      if (RoleRule.allows(rule, access)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(JsonNode binding, User user) {
    String namespace = Json.string(binding, "metadata", "namespace");
    for (JsonNode subject : binding.path("subjects")) {
      String name = Json.string(subject, "name");
      boolean found =
          switch (Json.string(subject, "kind")) {
            case "User" -> user.name().equals(name);
            case "Group" -> user.groups().contains(name);
            case "ServiceAccount" -> {
              String given = Json.string(subject, "namespace");
              yield user.name()
                  .equals(
                      "system:serviceaccount:"
                          + (given.isEmpty() ? namespace : given)
                          + ":"
                          + name);
            }
            default -> false;
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  private JsonNode rules(JsonNode binding) {
    JsonNode role = binding.path("roleRef");
    String name = Json.string(role, "name");
    boolean cluster = Json.string(role, "kind").equals("ClusterRole");
    ObjectKey key =
        cluster
            ? new ObjectKey("", name)
            : new ObjectKey(Json.string(binding, "metadata", "namespace"), name);
    return store
        .get(cluster ? types.clusterRoles() : types.roles(), key)
        .<JsonNode>map(found -> found.json().path("rules"))
        .orElse(Json.array());
  }
}
