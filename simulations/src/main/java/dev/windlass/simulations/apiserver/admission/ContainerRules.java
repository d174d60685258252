package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One container: name, image, resources and mounts. */
final class ContainerRules {
  private static final Set<String> NATIVE = Set.of("cpu", "memory", "ephemeral-storage");

  private ContainerRules() {}

  static void check(JsonNode container, String path, Set<String> volumes, List<Cause> causes) {
    if (Json.string(container, "name").isEmpty()) {
      causes.add(Cause.required(path + ".name", ""));
    }
    if (Json.string(container, "image").isEmpty()) {
      causes.add(Cause.required(path + ".image", ""));
    }
    int i = 0;
    for (JsonNode mount : container.path("volumeMounts")) {
      String name = Json.string(mount, "name");
      if (!volumes.contains(name)) {
        causes.add(Cause.notFound(path + ".volumeMounts[" + i + "].name", name));
      }
      i++;
    }
    resources(container.path("resources"), path + ".resources", causes);
  }

  private static boolean isNative(String name) {
    return NATIVE.contains(name) || name.startsWith("hugepages-") || name.startsWith("requests.");
  }

  private static void resources(JsonNode resources, String path, List<Cause> causes) {
    for (String list : List.of("limits", "requests")) {
      for (Map.Entry<String, JsonNode> entry : resources.path(list).properties()) {
        amount(entry.getKey(), entry.getValue().asString(), path + "." + list, causes);
      }
    }
    JsonNode limits = resources.path("limits");
    for (Map.Entry<String, JsonNode> entry : resources.path("requests").properties()) {
      String name = entry.getKey();
      String request = entry.getValue().asString();
      Optional<Quantity> wanted = Quantity.parse(request);
      Optional<Quantity> limit = Quantity.parse(limits.path(name).asString(""));
      boolean extended = !isNative(name);
      if (limit.isEmpty() || wanted.isEmpty()) {
        continue;
      }
      int order = wanted.get().compareTo(limit.get());
      if (extended && order != 0) {
        causes.add(
            bad(
                path,
                request,
                "must be equal to " + name + " limit of " + limits.path(name).asString()));
      } else if (order > 0) {
        causes.add(
            bad(
                path,
                request,
                "must be less than or equal to "
                    + name
                    + " limit of "
                    + limits.path(name).asString()));
      }
    }
  }

  private static Cause bad(String path, String request, String why) {
    return Cause.quoted(path + ".requests", request, why);
  }

  private static void amount(String name, String text, String path, List<Cause> causes) {
    Optional<Quantity> quantity = Quantity.parse(text);
    if (quantity.isEmpty()) {
      return;
    }
    String here = path + "[" + name + "]";
    if (quantity.get().value().signum() < 0) {
      causes.add(Cause.quoted(here, text, "must be greater than or equal to 0"));
    }
    if (!isNative(name) && !quantity.get().isInteger()) {
      causes.add(Cause.quoted(here, text, "must be an integer"));
    }
  }
}
