package dev.windlass.core.scheduling;

import dev.windlass.core.model.PodSpec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every label of {@code spec.nodeSelector} must be on the node with the same value. */
final class NodeSelectorPredicate implements NodePredicate {
  @Override
  public Optional<Refusal> refuse(PodSpec pod, NodeFacts node) {
    for (Map.Entry<String, String> wanted : new TreeMap<>(pod.rules().nodeSelector()).entrySet()) {
      String actual = node.labels().get(wanted.getKey());
      if (!wanted.getValue().equals(actual)) {
        String label = actual == null ? "no such label" : "the value " + actual;
        return Optional.of(
            new Refusal(
                Refusal.Rule.NODE_SELECTOR,
                "the pod selects "
                    + wanted.getKey()
                    + "="
                    + wanted.getValue()
                    + ", there is "
                    + label));
      }
    }
    return Optional.empty();
  }
}
