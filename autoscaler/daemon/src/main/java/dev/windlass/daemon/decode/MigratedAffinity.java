package dev.windlass.daemon.decode;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The node affinity of a plugin's volume in the terms of the driver that took it over: zones by the
 * driver's own node label, from the volume's labels where its affinity names none.
 *
 * <p>Source: the CSI translation library of Kubernetes 1.36.
 */
final class MigratedAffinity {
  static final String OLD_ZONE = "failure-domain.beta.kubernetes.io/zone";
  private static final String OLD_REGION = "failure-domain.beta.kubernetes.io/region";

  private MigratedAffinity() {}

  static @Nullable List<NodeSelectorTerm> of(
      @Nullable List<NodeSelectorTerm> affinity, Map<String, String> labels, String driverKey) {
    List<NodeSelectorTerm> terms = affinity == null ? List.of() : affinity;
    boolean labelledOld = !labels.containsKey(Keys.ZONE) && labels.containsKey(OLD_ZONE);
    boolean old = !names(terms, Keys.ZONE) && (names(terms, OLD_ZONE) || labelledOld);
    String zoneKey = old ? OLD_ZONE : Keys.ZONE;
    boolean zoned =
        terms.stream()
            .flatMap(term -> term.labels().stream())
            .anyMatch(label -> label.key().equals(zoneKey) && !label.values().isEmpty());
    List<NodeSelectorTerm> result = zoned ? renamed(terms, zoneKey, driverKey) : terms;
    List<String> zones = zoned ? List.of() : InTreeVolumes.zones(labels.getOrDefault(zoneKey, ""));
    if (!zones.isEmpty()) {
      result =
          extended(result, new Requirement(driverKey, Requirement.Operator.IN, Set.copyOf(zones)));
    } else if (affinity == null) {
      return null;
    }
    return old ? renamed(result, OLD_REGION, Keys.REGION) : result;
  }

  private static boolean names(List<NodeSelectorTerm> terms, String key) {
    return terms.stream()
        .flatMap(term -> term.labels().stream())
        .anyMatch(label -> label.key().equals(key));
  }

  private static List<NodeSelectorTerm> renamed(
      List<NodeSelectorTerm> terms, String from, String to) {
    List<NodeSelectorTerm> renamed = new ArrayList<>();
    for (NodeSelectorTerm term : terms) {
      List<Requirement> labels = new ArrayList<>();
      for (Requirement label : term.labels()) {
        labels.add(
            label.key().equals(from)
                ? new Requirement(to, label.operator(), label.values())
                : label);
      }
      renamed.add(new NodeSelectorTerm(labels, term.fields()));
    }
    return renamed;
  }

  private static List<NodeSelectorTerm> extended(
      List<NodeSelectorTerm> terms, Requirement addition) {
    if (terms.isEmpty()) {
      return List.of(new NodeSelectorTerm(List.of(addition), List.of()));
    }
    List<NodeSelectorTerm> extended = new ArrayList<>();
    for (NodeSelectorTerm term : terms) {
      List<Requirement> labels = new ArrayList<>(term.labels());
      labels.add(addition);
      extended.add(new NodeSelectorTerm(labels, term.fields()));
    }
    return extended;
  }
}
