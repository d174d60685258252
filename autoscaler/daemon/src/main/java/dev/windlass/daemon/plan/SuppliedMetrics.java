package dev.windlass.daemon.plan;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.decode.Quantities;
import dev.windlass.daemon.input.Document;
import dev.windlass.daemon.input.Problem;
import dev.windlass.daemon.resource.FieldProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The file of {@code --metrics}: a document {@code kind: MetricValues} whose {@code items} have
 * {@code scaler}, {@code metric} and either {@code value} or {@code values} by pod.
 */
final class SuppliedMetrics {
  private static final String KIND = "MetricValues";

  private final Map<Name, Supplied> values = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private record Name(String scaler, String metric) {}

  /**
   * What was supplied for one metric, in thousandths.
   *
   * @param value one value; null if there is one for each pod
   * @param byPod values by the pod's name
   */
  record Supplied(@Nullable Long value, Map<String, Long> byPod) {
    Supplied {
      byPod = Map.copyOf(byPod);
    }
  }

  void accept(Document document) {
    if (!document.kind().equals(KIND)) {
      problem(document, "kind", document.kind(), KIND);
      return;
    }
    int index = 0;
    for (JsonNode item : document.tree().path("items")) {
      accept(document, "items[" + index++ + "]", item);
    }
  }

  private void accept(Document document, String field, JsonNode item) {
    Name name = new Name(item.path("scaler").asString(""), item.path("metric").asString(""));
    if (name.scaler().isEmpty() || name.metric().isEmpty()) {
      problem(document, field, item.toString(), "scaler (NAMESPACE/NAME) and metric");
      return;
    }
    Map<String, Long> byPod = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : item.path("values").properties()) {
      milli(document, field + ".values." + each.getKey(), each.getValue())
          .ifPresent(milli -> byPod.put(each.getKey(), milli));
    }
    if (item.has("value")) {
      milli(document, field + ".value", item.path("value"))
          .ifPresent(milli -> values.put(name, new Supplied(milli, Map.of())));
    } else if (item.path("values").isObject()) {
      values.put(name, new Supplied(null, byPod));
    } else {
      problem(document, field, item.toString(), "value, or values by pod");
    }
  }

  private Optional<Long> milli(Document document, String field, JsonNode value) {
    OptionalLong milli = Quantities.milli(value.asString(""));
    if (milli.isEmpty()) {
      problem(document, field, value.toString(), "a quantity such as 120 or 1500m");
      return Optional.empty();
    }
    return Optional.of(milli.getAsLong());
  }

  private void problem(Document document, String field, String value, String expected) {
    problems.add(new Problem(document.place(), KIND, new FieldProblem(field, value, expected)));
  }

  Optional<Supplied> find(ObjectKey scaler, String metric) {
    return Optional.ofNullable(values.get(new Name(scaler.toString(), metric)));
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }
}
