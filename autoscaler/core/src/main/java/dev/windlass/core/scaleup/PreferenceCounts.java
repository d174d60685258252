package dev.windlass.core.scaleup;

import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.Preferences;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many pods that a preference speaks of are in each domain, as the plan stands now. */
final class PreferenceCounts {
  /** What tells pods apart for selectors. */
  private record Kind(String namespace, Map<String, String> labels) {
    static Kind of(Pod pod) {
      return new Kind(pod.key().namespace(), pod.metadata().labels());
    }
  }

  /** So many pods of a kind on a node with these labels. */
  private record Located(Map<String, String> node, int pods) {}

  /** Pods that are spoken of, by the value of a label of their node. */
  private sealed interface Spoken {
    record Near(PodAffinityTerm term) implements Spoken {}

    record Spread(TopologySpread constraint, String namespace) implements Spoken {}
  }

  private final Map<String, Map<String, String>> namespaceLabels;

  /** Whether any preference of a placed pod speaks of pods at all. */
  private final boolean needed;

  private final Map<Kind, List<Located>> located = new HashMap<>();
  private final Map<Spoken, Map<String, Integer>> counts = new HashMap<>();

  /**
   * Counts.
   *
   * @param map the cluster with what runs there
   * @param placed the pending pods on the slots where the plan puts them
   */
  PreferenceCounts(ClusterMap map, Map<Slot, List<Pod>> placed) {
    namespaceLabels = map.snapshot().workloads().namespaceLabels();
    needed = placed.values().stream().flatMap(List::stream).anyMatch(PreferenceCounts::speaks);
    if (!needed) {
      return;
    }
    for (ClusterMap.Site site : map.sites().values()) {
      locate(site.pods(), site.node().labels());
    }
    placed.forEach((slot, pods) -> locate(pods, slot.facts().labels()));
  }

  private static boolean speaks(Pod pod) {
    Preferences preferences = pod.placement().preferences();
    return !preferences.pods().isEmpty() || !preferences.spread().isEmpty();
  }

  private void locate(List<Pod> pods, Map<String, String> node) {
    byKind(pods)
        .forEach((kind, count) ->
            located.computeIfAbsent(kind, _ -> new ArrayList<>()).add(new Located(node, count)));
  }

  private static Map<Kind, Integer> byKind(List<Pod> pods) {
    Map<Kind, Integer> kinds = new HashMap<>();
    pods.forEach(pod -> kinds.merge(Kind.of(pod), 1, Integer::sum));
    return kinds;
  }

  /** Notes that pods came to a node, or with a negative sign left it. */
  void move(List<Pod> pods, Map<String, String> node, int sign) {
    if (!needed) {
      return;
    }
    byKind(pods)
        .forEach((kind, count) -> {
          Located change = new Located(node, sign * count);
          located.computeIfAbsent(kind, _ -> new ArrayList<>()).add(change);
          counts.forEach((spoken, domains) -> {
            if (selects(spoken, kind)) {
              add(domains, topologyKey(spoken), change);
            }
          });
        });
  }

  /** How many pods of the term are in the node's domain; 0 where it has none. */
  int near(PodAffinityTerm term, Map<String, String> node) {
    return count(new Spoken.Near(term), node);
  }

  /** How many pods of the constraint of a pod in this namespace are in the node's domain. */
  int spread(TopologySpread constraint, String namespace, Map<String, String> node) {
    return count(new Spoken.Spread(constraint, namespace), node);
  }

  private int count(Spoken spoken, Map<String, String> node) {
    String domain = node.get(topologyKey(spoken));
    return domain == null
        ? 0
        : counts.computeIfAbsent(spoken, this::domains).getOrDefault(domain, 0);
  }

  private Map<String, Integer> domains(Spoken spoken) {
    Map<String, Integer> domains = new HashMap<>();
    located.forEach((kind, places) -> {
      if (selects(spoken, kind)) {
        places.forEach(place -> add(domains, topologyKey(spoken), place));
      }
    });
    return domains;
  }

  private static void add(Map<String, Integer> domains, String topologyKey, Located place) {
    String domain = place.node().get(topologyKey);
    if (domain != null) {
      domains.merge(domain, place.pods(), Integer::sum);
    }
  }

  private static String topologyKey(Spoken spoken) {
    return switch (spoken) {
      case Spoken.Near near -> near.term().topologyKey();
      case Spoken.Spread spread -> spread.constraint().topologyKey();
    };
  }

  private boolean selects(Spoken spoken, Kind kind) {
    return switch (spoken) {
      case Spoken.Near near ->
          near.term()
              .selects(
                  kind.namespace(),
                  namespaceLabels.getOrDefault(kind.namespace(), Map.of()),
                  kind.labels());
      case Spoken.Spread spread ->
          spread.namespace().equals(kind.namespace())
              && spread.constraint().selector().matches(kind.labels());
    };
  }
}
