package dev.windlass.daemon.convert;

import dev.windlass.daemon.resource.FieldProblem;
import dev.windlass.daemon.resource.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HorizontalPodAutoscalers of {@code autoscaling/v2}: a ReplicaScaler has all of their fields under
 * the same names.
 */
public final class HorizontalPodAutoscalers {
  /** The kind. */
  public static final String KIND = "HorizontalPodAutoscaler";

  private static final String VERSION = "autoscaling/v2";

  private HorizontalPodAutoscalers() {}

  /** The ReplicaScaler of the same name, or what is wrong. */
  public static Parsed<Conversion> convert(JsonNode autoscaler) {
    String version = autoscaler.path("apiVersion").asString("");
    if (!version.equals(VERSION)) {
      String expected = VERSION + ": kubectl get horizontalpodautoscalers.v2.autoscaling -o yaml";
      return new Parsed.Bad<>(List.of(new FieldProblem("apiVersion", version, expected)));
    }
    List<Remark> remarks = new ArrayList<>();
    ObjectNode scaler = ScalerDocument.named(autoscaler.path("metadata"));
    scaler.set("spec", new KnownFields(remarks).copy(autoscaler.path("spec"), "spec", "spec"));
    return Conversion.of(KIND + " " + ScalerDocument.key(scaler), scaler, remarks);
  }

  /** The controller that made it and would make it again, as {@code KIND NAME}. */
  public static Optional<String> controller(JsonNode autoscaler) {
    for (JsonNode owner : autoscaler.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        return Optional.of(owner.path("kind").asString("") + " " + owner.path("name").asString(""));
      }
    }
    return Optional.empty();
  }
}
