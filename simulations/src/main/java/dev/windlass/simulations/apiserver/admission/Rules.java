package dev.windlass.simulations.apiserver.admission;

import dev.windlass.simulations.apiserver.crd.DefinitionRules;
import dev.windlass.simulations.apiserver.model.Cause;
import dev.windlass.simulations.apiserver.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Why an object, or a change of one, is refused. An empty list: it is accepted. */
public final class Rules {
  private Rules() {}

  /** Checks an object as it is to be stored. */
  public static List<Cause> check(ResourceType type, JsonNode object) {
    List<Cause> causes = new ArrayList<>(MetadataRules.check(type, object));
    if (!type.custom()) {
      causes.addAll(ofKind(type, object));
    }
    return causes;
  }

  private static List<Cause> ofKind(ResourceType type, JsonNode object) {
    return switch (type.kind()) {
      case "Pod" -> PodRules.check(object.path("spec"), "spec");
      case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" -> KindRules.workload(object);
      case "Job" ->
          PodRules.check(object.path("spec").path("template").path("spec"), "spec.template.spec");
      case "Node" -> KindRules.node(object);
      case "PodDisruptionBudget" -> KindRules.budget(object);
      case "Lease" -> KindRules.lease(object);
      case "ConfigMap", "Secret" -> KindRules.keys(object);
      case "HorizontalPodAutoscaler" -> KindRules.scaler(object);
      case "CustomResourceDefinition" -> DefinitionRules.check(object);
      case "Event" -> {
        List<Cause> causes = new ArrayList<>();
        if (!type.group().isEmpty()) {
          causes.addAll(EventRules.checkNewer(object));
        }
        causes.addAll(EventRules.check(object));
        yield causes;
      }
      default -> List.of();
    };
  }

  /** Checks a change; {@code subresource} is empty for the object itself. */
  public static List<Cause> checkChange(
      ResourceType type, JsonNode object, JsonNode old, String subresource) {
    List<Cause> causes = new ArrayList<>(MetadataRules.checkChange(object, old));
    if (type.custom()) {
      return causes;
    }
    if (subresource.equals("status")) {
      causes.addAll(statusChange(type, object, old));
    } else if (subresource.equals("resize")) {
      causes.addAll(ChangeRules.resize(object, old));
    } else if (subresource.isEmpty()) {
      causes.addAll(change(type, object, old));
    }
    return causes;
  }

  private static List<Cause> change(ResourceType type, JsonNode object, JsonNode old) {
    return switch (type.kind()) {
      case "Pod" -> ChangeRules.pod(object, old);
      case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job" ->
          ChangeRules.selector(object, old);
      case "Node" -> ChangeRules.node(object, old);
      case "ConfigMap", "Secret" -> ChangeRules.data(object, old);
      case "RoleBinding", "ClusterRoleBinding" -> ChangeRules.role(object, old);
      default -> List.of();
    };
  }

  private static List<Cause> statusChange(ResourceType type, JsonNode object, JsonNode old) {
    return switch (type.kind()) {
      case "Pod" -> ChangeRules.podStatus(object, old);
      case "Deployment", "ReplicaSet", "StatefulSet" -> KindRules.workloadStatus(object);
      default -> List.of();
    };
  }
}
