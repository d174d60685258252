package dev.windlass.core.devices;

import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.Requirement;
import java.util.List;
import java.util.Map;

/**
 * A node as device selection sees it.
 *
 * @param name its name
 * @param labels its labels
 */
public record NodeReach(String name, Map<String, String> labels) {
  private static final String NAME_FIELD = "metadata.name";

  public NodeReach {
    labels = Map.copyOf(labels);
  }

  /** Whether one of the terms selects the node; a term without expressions selects none. */
  public boolean matches(List<NodeSelectorTerm> terms) {
    return terms.stream().anyMatch(this::matches);
  }

  private boolean matches(NodeSelectorTerm term) {
    return !(term.labels().isEmpty() && term.fields().isEmpty())
        && term.labels().stream().allMatch(label -> label.matches(labels))
        && term.fields().stream().allMatch(this::matchesField);
  }

  private boolean matchesField(Requirement field) {
    return field.key().equals(NAME_FIELD) && field.matches(Map.of(NAME_FIELD, name));
  }

  boolean reaches(DeviceNodes nodes) {
    return switch (nodes) {
      case DeviceNodes.One(String other) -> other.equals(name);
      case DeviceNodes.All() -> true;
      case DeviceNodes.Selected(List<NodeSelectorTerm> terms) -> matches(terms);
      case DeviceNodes.PerDevice() -> false;
    };
  }
}
