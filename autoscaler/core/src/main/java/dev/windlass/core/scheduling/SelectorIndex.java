package dev.windlass.core.scheduling;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finds the entries whose selector may match some labels without asking every one. */
final class SelectorIndex<T> {
  private final Map<String, Map<String, List<T>>> byLabel = new HashMap<>();
  private final List<T> others = new ArrayList<>();

  void add(LabelSelector selector, T entry) {
    for (Map.Entry<String, String> label : selector.matchLabels().entrySet()) {
      bucket(label.getKey(), label.getValue()).add(entry);
      return;
    }
    for (Requirement expression : selector.expressions()) {
      if (expression.operator() == Requirement.Operator.IN) {
        expression.values().forEach(value -> bucket(expression.key(), value).add(entry));
        return;
      }
    }
    others.add(entry);
  }

  private List<T> bucket(String key, String value) {
    return byLabel
        .computeIfAbsent(key, _ -> new HashMap<>())
        .computeIfAbsent(value, _ -> new ArrayList<>());
  }

  /** Every entry whose selector may match, each once; others may be among them. */
  void candidates(Map<String, String> labels, Consumer<T> consumer) {
    labels.forEach((key, value) -> {
      Map<String, List<T>> values = byLabel.get(key);
      List<T> entries = values == null ? null : values.get(value);
      if (entries != null) {
        entries.forEach(consumer);
      }
    });
    others.forEach(consumer);
  }
}
