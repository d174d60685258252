package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the spec of a pod or a template must hold. */
final class PodRules {
  private static final List<String> RESTART = List.of("Always", "OnFailure", "Never");
  private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");

  private PodRules() {}

  /** Checks a pod's spec; {@code path} is where it stands. */
  static List<Cause> check(JsonNode spec, String path) {
    List<Cause> causes = new ArrayList<>();
    Set<String> volumes = volumes(spec, path, causes);
    if (spec.path("containers").isEmpty()) {
      causes.add(Cause.required(path + ".containers", ""));
    }
    Set<String> names = new HashSet<>();
    for (String list : List.of("initContainers", "containers")) {
      int i = 0;
      for (JsonNode container : spec.path(list)) {
        ContainerRules.check(container, path + "." + list + "[" + i + "]", volumes, causes);
        String name = Json.string(container, "name");
        if (!name.isEmpty() && !names.add(name)) {
          causes.add(Cause.duplicate(path + "." + list + "[" + i + "].name", "\"" + name + "\""));
        }
        i++;
      }
    }
    String restart = Json.string(spec, "restartPolicy");
    if (!RESTART.contains(restart)) {
      causes.add(
          Cause.unsupported(path + ".restartPolicy", restart, RESTART.toArray(String[]::new)));
    }
    String node = Json.string(spec, "nodeName");
    if (!node.isEmpty() && !Names.isSubdomain(node)) {
      causes.add(Cause.quoted(path + ".nodeName", node, Names.SUBDOMAIN_RULE));
    }
    if (!node.isEmpty() && !spec.path("schedulingGates").isEmpty()) {
      causes.add(
          Cause.forbidden(
              path + ".nodeName", "cannot be set until all schedulingGates have been cleared"));
    }
    tolerations(spec, path, causes);
    spread(spec, path, causes);
    return causes;
  }

  private static Set<String> volumes(JsonNode spec, String path, List<Cause> causes) {
    Set<String> names = new HashSet<>();
    int i = 0;
    for (JsonNode volume : spec.path("volumes")) {
      String name = Json.string(volume, "name");
      String here = path + ".volumes[" + i + "]";
      if (name.isEmpty()) {
        causes.add(Cause.required(here + ".name", ""));
      } else if (!names.add(name)) {
        causes.add(Cause.duplicate(here + ".name", "\"" + name + "\""));
      }
      if (volume.size() > 2) {
        causes.add(
            Cause.forbidden(
                here
                    + "."
                    + volume.propertyNames().stream()
                        .filter(n -> !n.equals("name"))
                        .sorted()
                        .toList()
                        .getLast(),
                "may not specify more than 1 volume type"));
      }
      i++;
    }
    return names;
  }

  static void tolerations(JsonNode spec, String path, List<Cause> causes) {
    int i = 0;
    for (JsonNode toleration : spec.path("tolerations")) {
      String here = path + ".tolerations[" + i + "].operator";
      String value = Json.string(toleration, "value");
      switch (Json.string(toleration, "operator")) {
        case "", "Equal", "Gt", "Lt" -> {
          if (Json.string(toleration, "key").isEmpty()) {
            causes.add(
                Cause.quoted(
                    here,
                    "",
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\""));
          }
        }
        case "Exists" -> {
          if (!value.isEmpty()) {
            causes.add(
                Cause.quoted(here, value, "value must be empty when `operator` is 'Exists'"));
          }
        }
        default ->
            causes.add(
                Cause.unsupported(here, Json.string(toleration, "operator"), "Equal", "Exists"));
      }
      i++;
    }
  }

  private static void spread(JsonNode spec, String path, List<Cause> causes) {
    int i = 0;
    for (JsonNode constraint : spec.path("topologySpreadConstraints")) {
      String here = path + ".topologySpreadConstraints[" + i + "]";
      long skew = Json.integer(constraint, 0, "maxSkew");
      if (skew <= 0) {
        causes.add(
            Cause.invalid(here + ".maxSkew", Long.toString(skew), "must be greater than zero"));
      }
      if (Json.string(constraint, "topologyKey").isEmpty()) {
        causes.add(Cause.required(here + ".topologyKey", "can not be empty"));
      }
      String when = Json.string(constraint, "whenUnsatisfiable");
      if (!UNSATISFIABLE.contains(when)) {
        causes.add(
            Cause.unsupported(
                here + ".whenUnsatisfiable", when, UNSATISFIABLE.toArray(String[]::new)));
      }
      i++;
    }
  }
}
