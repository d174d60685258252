package dev.windlass.simulations.apiserver.access;

import tools.jackson.databind.JsonNode;

/** One rule of a role. */
final class RoleRule {
  private RoleRule() {}

  static boolean allows(JsonNode rule, Access access) {
    if (!has(rule.path("verbs"), access.verb())) {
      return false;
    }
    return access.isResource()
        ? resource(rule, access)
        : path(rule.path("nonResourceURLs"), access.path());
  }

  private static boolean resource(JsonNode rule, Access access) {
    if (!has(rule.path("apiGroups"), access.group())) {
      return false;
    }
    boolean named =
        rule.path("resourceNames").isEmpty() || plain(rule.path("resourceNames"), access.name());
    boolean found = has(rule.path("resources"), access.combined());
    if (!found && !access.subresource().isEmpty()) {
      found = plain(rule.path("resources"), "*/" + access.subresource());
    }
    return found && named;
  }

  private static boolean has(JsonNode list, String wanted) {
    return plain(list, "*") || plain(list, wanted);
  }

  private static boolean plain(JsonNode list, String wanted) {
    for (JsonNode one : list) {
      if (one.asString().equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean path(JsonNode urls, String path) {
    for (JsonNode url : urls) {
      String text = url.asString();
      boolean prefix = text.endsWith("*") && path.startsWith(text.substring(0, text.length() - 1));
      if (prefix || text.equals(path)) {
        return true;
      }
    }
    return false;
  }
}
