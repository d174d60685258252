package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.TopologySpread;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The few placement rules that the benchmarks' pods have. */
final class PlacementRules {
  private PlacementRules() {}

  static PodPlacementRules onlyWhere(String label, String value) {
    return new PodPlacementRules(
        Map.of(label, value), null, List.of(), List.of(), List.of(), List.of());
  }

  static PodPlacementRules spread(String topologyKey, LabelSelector selector) {
    TopologySpread spread = new TopologySpread(1, topologyKey, selector, 1, true, false);
    return new PodPlacementRules(Map.of(), null, List.of(), List.of(), List.of(), List.of(spread));
  }

  static PodPlacementRules together(String topologyKey, LabelSelector selector) {
    return new PodPlacementRules(
        Map.of(), null, List.of(), List.of(term(topologyKey, selector)), List.of(), List.of());
  }

  static PodPlacementRules apart(String topologyKey, LabelSelector selector) {
    return new PodPlacementRules(
        Map.of(), null, List.of(), List.of(), List.of(term(topologyKey, selector)), List.of());
  }

  static LabelSelector label(String key, String value) {
    return new LabelSelector(Map.of(key, value), List.of());
  }

  private static PodAffinityTerm term(String topologyKey, LabelSelector selector) {
    return new PodAffinityTerm(topologyKey, selector, Set.of("default"), null);
  }
}
