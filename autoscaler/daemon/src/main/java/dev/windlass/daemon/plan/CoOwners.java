package dev.windlass.daemon.plan;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.input.Document;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** HorizontalPodAutoscalers: whoever else scales a target would fight with Windlass over it. */
final class CoOwners {
  private final Map<Target, String> owners = new HashMap<>();

  /** A target without its version: two versions of one object are one object. */
  private record Target(String kind, ObjectKey key) {}

  boolean accept(Document document) {
    if (!document.group().equals("autoscaling")
        || !document.kind().equals("HorizontalPodAutoscaler")) {
      return false;
    }
    JsonNode reference = document.tree().path("spec").path("scaleTargetRef");
    String namespace = document.namespace().isEmpty() ? "default" : document.namespace();
    ObjectKey key = new ObjectKey(namespace, reference.path("name").asString(""));
    owners.put(
        new Target(reference.path("kind").asString(""), key),
        "HorizontalPodAutoscaler " + namespace + "/" + document.name());
    return true;
  }

  /** Who else scales the target. */
  Optional<String> of(TargetRef target) {
    return Optional.ofNullable(owners.get(new Target(target.kind(), target.key())));
  }
}
