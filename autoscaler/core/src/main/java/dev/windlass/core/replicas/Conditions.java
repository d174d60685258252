package dev.windlass.core.replicas;

import dev.windlass.core.replicas.ReplicaDecision.Condition;
import java.util.ArrayList;
import java.util.List;

/** The status conditions of one decision, one of each type, in their order. */
final class Conditions {
  private final List<Condition> conditions = new ArrayList<>();

  Conditions ableToScale(boolean status, ReplicaReason reason, String message) {
    return set("AbleToScale", status, reason, message);
  }

  Conditions scalingActive(boolean status, ReplicaReason reason, String message) {
    return set("ScalingActive", status, reason, message);
  }

  Conditions scalingLimited(boolean status, ReplicaReason reason, String message) {
    return set("ScalingLimited", status, reason, message);
  }

  Conditions capacityLimited(ReplicaReason cause, String message) {
    return set("CapacityLimited", true, cause, message);
  }

  Conditions scaledToZero(boolean status) {
    return set(
        "ScaledToZero",
        status,
        status ? ReplicaReason.SCALED_TO_ZERO : ReplicaReason.NOT_SCALED_TO_ZERO,
        status
            ? "this scaler brought the target to zero"
            : "this scaler did not bring the target to zero");
  }

  List<Condition> list() {
    return List.copyOf(conditions);
  }

  private Conditions set(String type, boolean status, ReplicaReason reason, String message) {
    Condition condition = new Condition(type, status, reason.title(), message);
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).type().equals(type)) {
        conditions.set(i, condition);
        return this;
      }
    }
    conditions.add(condition);
    return this;
  }
}
