package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import dev.windlass.simulations.apiserver.model.Names;
import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Names, labels, finalizers and owners. */
final class MetadataRules {
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("foregroundDeletion", "orphan", "kubernetes");
  private static final String FINALIZERS = "metadata.finalizers";
  private static final String OWNERS = "metadata.ownerReferences";

  private MetadataRules() {}

  static List<Cause> check(ResourceType type, JsonNode object) {
    List<Cause> causes = new ArrayList<>();
    JsonNode metadata = object.path("metadata");
    name(type, metadata, causes);
    labels(metadata, causes);
    int i = 0;
    for (JsonNode finalizer : metadata.path("finalizers")) {
      String text = finalizer.asString();
      if (!STANDARD_FINALIZERS.contains(text) && !(text.contains("/") && Names.isQualified(text))) {
        causes.add(
            Cause.quoted(
                FINALIZERS + "[" + i + "]",
                text,
                "name is neither a standard finalizer name nor is it fully qualified"));
      }
      i++;
    }
    owners(metadata.path("ownerReferences"), causes);
    return causes;
  }

  private static void name(ResourceType type, JsonNode metadata, List<Cause> causes) {
    String name = Json.string(metadata, "name");
    String generate = Json.string(metadata, "generateName");
    if (name.isEmpty()) {
      causes.add(Cause.required("metadata.name", "name or generateName is required"));
      return;
    }
    if (!generate.isEmpty() && !fits(type, generate + "x")) {
      causes.add(Cause.quoted("metadata.generateName", generate, Names.SUBDOMAIN_RULE));
    }
    if (!fits(type, name)) {
      causes.add(Cause.quoted("metadata.name", name, Names.SUBDOMAIN_RULE));
    }
  }

  private static boolean fits(ResourceType type, String name) {
    return switch (type.group()) {
      case "rbac.authorization.k8s.io" -> Names.isPathSegment(name);
      case "" ->
          Names.isSubdomain(name)
              && (!type.isNamespace() || (!name.contains(".") && name.length() <= 63));
      default -> Names.isSubdomain(name);
    };
  }

  private static void labels(JsonNode metadata, List<Cause> causes) {
    for (Map.Entry<String, JsonNode> label : metadata.path("labels").properties()) {
      if (!Names.isQualified(label.getKey())) {
        causes.add(
            Cause.quoted("metadata.labels", label.getKey(), "name part " + Names.LABEL_RULE));
      }
      if (!Names.isLabelValue(label.getValue().asString())) {
        causes.add(
            Cause.quoted(
                "metadata.labels",
                label.getValue().asString(),
                "a valid label must be an empty string or " + Names.LABEL_RULE));
      }
    }
    for (Map.Entry<String, JsonNode> one : metadata.path("annotations").properties()) {
      if (!Names.isQualified(one.getKey().toLowerCase(Locale.ROOT))) {
        causes.add(
            Cause.quoted("metadata.annotations", one.getKey(), "name part " + Names.LABEL_RULE));
      }
    }
  }

  private static void owners(JsonNode owners, List<Cause> causes) {
    List<String> controllers = new ArrayList<>();
    for (JsonNode owner : owners) {
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (Json.string(owner, field).isEmpty()) {
          causes.add(Cause.quoted(OWNERS + "." + field, "", "must not be empty"));
        }
      }
      if (Json.isTrue(owner, "controller")) {
        controllers.add(Json.string(owner, "kind") + "/" + Json.string(owner, "name"));
      }
    }
    if (controllers.size() > 1) {
      causes.add(
          Cause.invalid(
              OWNERS,
              owners.toString(),
              "Only one reference can have Controller set to true. Found \"true\" in references for "
                  + String.join(" and ", controllers)));
    }
  }

  /** What an update may not do to the metadata. */
  static List<Cause> checkChange(JsonNode object, JsonNode old) {
    List<Cause> causes = new ArrayList<>();
    JsonNode next = object.path("metadata");
    JsonNode before = old.path("metadata");
    for (String field : List.of("uid", "deletionTimestamp")) {
      if (next.has(field) && !next.path(field).equals(before.path(field))) {
        causes.add(
            Cause.quoted("metadata." + field, next.path(field).asString(), "field is immutable"));
      }
    }
    if (before.has("deletionTimestamp")) {
      List<String> added = new ArrayList<>();
      List<String> known = texts(before.path("finalizers"));
      texts(next.path("finalizers")).stream().filter(f -> !known.contains(f)).forEach(added::add);
      if (!added.isEmpty()) {
        causes.add(
            Cause.forbidden(
                FINALIZERS,
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{\""
                    + String.join("\", \"", added)
                    + "\"}"));
      }
    }
    return causes;
  }

  private static List<String> texts(JsonNode list) {
    List<String> all = new ArrayList<>();
    list.forEach(one -> all.add(one.asString()));
    return all;
  }
}
