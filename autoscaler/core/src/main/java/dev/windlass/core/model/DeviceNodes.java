package dev.windlass.core.model;

import java.util.List;

/** Which nodes reach devices. */
public sealed interface DeviceNodes {
  /** This one. */
  record One(String node) implements DeviceNodes {}

  /** All. */
  record All() implements DeviceNodes {}

  /** Those that one of the terms selects. */
  record Selected(List<NodeSelectorTerm> terms) implements DeviceNodes {
    public Selected {
      terms = List.copyOf(terms);
    }
  }

  /** Each device says so itself. */
  record PerDevice() implements DeviceNodes {}
}
