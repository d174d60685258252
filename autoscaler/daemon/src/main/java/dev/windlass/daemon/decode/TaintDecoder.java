package dev.windlass.daemon.decode;

import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Taints and the tolerations that answer them. */
final class TaintDecoder {
  private static final Map<String, Taint.Effect> EFFECTS =
      Map.of(
          "NoSchedule", Taint.Effect.NO_SCHEDULE,
          "PreferNoSchedule", Taint.Effect.PREFER_NO_SCHEDULE,
          "NoExecute", Taint.Effect.NO_EXECUTE);
  private static final String EXPECTED_EFFECT = "NoSchedule, PreferNoSchedule or NoExecute";

  private TaintDecoder() {}

  static List<Taint> taints(
      String field,
      @Nullable List<io.fabric8.kubernetes.api.model.Taint> written,
      Problems problems) {
    List<Taint> taints = new ArrayList<>();
    int index = 0;
    for (io.fabric8.kubernetes.api.model.Taint each : Fields.list(written)) {
      String effect = Fields.text(each.getEffect());
      Taint.Effect known = EFFECTS.get(effect);
      if (known == null) {
        problems.add(field + "[" + index + "].effect", effect, EXPECTED_EFFECT);
      } else {
        taints.add(new Taint(Fields.text(each.getKey()), Fields.text(each.getValue()), known));
      }
      index++;
    }
    return taints;
  }

  /**
   * Tolerations. One with a numeric comparison ({@code Gt}, {@code Lt}) is left out: it tolerates
   * nothing while the scheduler's feature {@code TaintTolerationComparisonOperators} is off, as it
   * is in Kubernetes 1.36 unless it is switched on; the pod then counts as less tolerant than it
   * is, and never as more.
   */
  static List<Toleration> tolerations(
      String field,
      @Nullable List<io.fabric8.kubernetes.api.model.Toleration> written,
      Problems problems) {
    List<Toleration> tolerations = new ArrayList<>();
    int index = 0;
    for (io.fabric8.kubernetes.api.model.Toleration each : Fields.list(written)) {
      Toleration one = toleration(field + "[" + index++ + "]", each, problems);
      if (one != null) {
        tolerations.add(one);
      }
    }
    return tolerations;
  }

  private static @Nullable Toleration toleration(
      String field, io.fabric8.kubernetes.api.model.Toleration written, Problems problems) {
    String effect = Fields.text(written.getEffect());
    Taint.Effect known = EFFECTS.get(effect);
    if (known == null && !effect.isEmpty()) {
      problems.add(field + ".effect", effect, EXPECTED_EFFECT + ", or none for all");
      return null;
    }
    String key = Fields.text(written.getKey());
    String value = Fields.text(written.getValue());
    String operator = Fields.text(written.getOperator());
    if (key.isEmpty() && !operator.equals("Exists")) {
      problems.add(field + ".operator", operator, "Exists, since there is no key");
      return null;
    }
    if (!key.isEmpty()) {
      LabelSyntax.checkKey(field + ".key", key, problems);
    }
    if (operator.equals("Exists") && !value.isEmpty()) {
      problems.add(field + ".value", value, "none, since the operator is Exists");
    }
    return switch (operator) {
      case "Exists" -> new Toleration(key, Toleration.Operator.EXISTS, value, known);
      case "", "Equal" -> new Toleration(key, Toleration.Operator.EQUAL, value, known);
      case "Gt", "Lt" -> null;
      default -> {
        problems.add(field + ".operator", operator, "Exists or Equal");
        yield null;
      }
    };
  }
}
