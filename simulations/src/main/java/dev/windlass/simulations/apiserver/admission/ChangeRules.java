package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an update of a built-in object may not change. */
final class ChangeRules {
  private static final String IMMUTABLE = "field is immutable";
  private static final Set<String> FREE_IN_PODS =
      Set.of(
          "activeDeadlineSeconds",
          "tolerations",
          "terminationGracePeriodSeconds",
          "schedulingGates");
  private static final String POD_RULE =
      "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
          + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
          + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

  private ChangeRules() {}

  static List<Cause> pod(JsonNode object, JsonNode old) {
    List<Cause> causes = new ArrayList<>();
    JsonNode next = object.path("spec");
    JsonNode before = old.path("spec");
    for (JsonNode toleration : before.path("tolerations")) {
      if (!holds(next.path("tolerations"), toleration)) {
        causes.add(
            Cause.forbidden(
                "spec.tolerations",
                "existing toleration can not be modified except its tolerationSeconds"));
        break;
      }
    }
    boolean gated = !before.path("schedulingGates").isEmpty();
    if (!fixed(next, gated).equals(fixed(before, gated))) {
      causes.add(Cause.forbidden("spec", POD_RULE));
    }
    return causes;
  }

  private static boolean holds(JsonNode tolerations, JsonNode wanted) {
    for (JsonNode one : tolerations) {
      if (withoutSeconds(one).equals(withoutSeconds(wanted))) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode withoutSeconds(JsonNode toleration) {
    ObjectNode copy = (ObjectNode) toleration.deepCopy();
    copy.remove("tolerationSeconds");
    return copy;
  }

  /** The part of a pod's spec that stays. */
  private static JsonNode fixed(JsonNode spec, boolean gated) {
    if (!(spec.deepCopy() instanceof ObjectNode copy)) {
      return spec;
    }
    copy.remove(FREE_IN_PODS);
    if (gated) {
      copy.remove(Set.of("nodeSelector", "affinity"));
    }
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : copy.path(list)) {
        ((ObjectNode) container).remove("image");
        ((ObjectNode) container).remove("imagePullPolicy");
      }
    }
    return copy;
  }

  static List<Cause> selector(JsonNode object, JsonNode old) {
    JsonNode next = Json.at(object, "spec", "selector");
    return next.equals(Json.at(old, "spec", "selector"))
        ? List.of()
        : List.of(Cause.invalid("spec.selector", next.toString(), IMMUTABLE));
  }

  static List<Cause> node(JsonNode object, JsonNode old) {
    String before = Json.string(old, "spec", "providerID");
    return before.isEmpty() || before.equals(Json.string(object, "spec", "providerID"))
        ? List.of()
        : List.of(
            Cause.forbidden(
                "spec.providerID",
                "node updates may not change providerID except from \"\" to valid"));
  }

  static List<Cause> data(JsonNode object, JsonNode old) {
    if (!Json.isTrue(old, "immutable")) {
      return List.of();
    }
    List<Cause> causes = new ArrayList<>();
    for (String field : List.of("data", "binaryData")) {
      if (!object.path(field).equals(old.path(field))) {
        causes.add(Cause.forbidden(field, "field is immutable when `immutable` is set"));
      }
    }
    if (!Json.isTrue(object, "immutable")) {
      causes.add(Cause.forbidden("immutable", "field is immutable when `immutable` is set"));
    }
    return causes;
  }

  static List<Cause> role(JsonNode object, JsonNode old) {
    return object.path("roleRef").equals(old.path("roleRef"))
        ? List.of()
        : List.of(
            Cause.invalid("roleRef", object.path("roleRef").toString(), "cannot change roleRef"));
  }

  static List<Cause> resize(JsonNode object, JsonNode old) {
    String before = QosClass.of(old.path("spec"));
    return QosClass.of(object.path("spec")).equals(before)
        ? List.of()
        : List.of(
            Cause.quoted("spec", before, "Pod QOS Class may not change as a result of resizing"));
  }

  static List<Cause> podStatus(JsonNode object, JsonNode old) {
    boolean bound = !Json.string(object, "spec", "nodeName").isEmpty();
    String nominated = Json.string(object, "status", "nominatedNodeName");
    boolean changed = !nominated.equals(Json.string(old, "status", "nominatedNodeName"));
    return bound && changed && !nominated.isEmpty()
        ? List.of(
            Cause.forbidden(
                "status.nominatedNodeName",
                "may not be set on pods that are already bound to a node"))
        : List.of();
  }
}
