package dev.windlass.core.devices;

import dev.windlass.core.devices.NodeDevices.Candidate;
import dev.windlass.core.model.DeviceNodes;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which nodes reach all devices of an allocation. */
final class AllocationNodes {
  private AllocationNodes() {}

  /** Terms of a node selector, or null for every node. */
  static @Nullable List<NodeSelectorTerm> of(List<Candidate> devices, NodeReach node) {
    Set<Requirement> labels = new LinkedHashSet<>();
    Set<Requirement> fields = new LinkedHashSet<>();
    for (Candidate device : devices) {
      if (device.nodes() instanceof DeviceNodes.One || device.device().sharing().bindsToNode()) {
        Requirement name =
            new Requirement("metadata.name", Requirement.Operator.IN, Set.of(node.name()));
        return List.of(new NodeSelectorTerm(List.of(), List.of(name)));
      }
      if (device.nodes() instanceof DeviceNodes.Selected(List<NodeSelectorTerm> terms)
          && terms.size() == 1) {
        labels.addAll(terms.getFirst().labels());
        fields.addAll(terms.getFirst().fields());
      }
    }
    return labels.isEmpty() && fields.isEmpty()
        ? null
        : List.of(new NodeSelectorTerm(new ArrayList<>(labels), new ArrayList<>(fields)));
  }
}
