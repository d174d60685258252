package dev.windlass.daemon.decode;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.TopologySpread;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything hard that limits where a pod may run. Preferences ({@code preferredDuring…}, {@code
 * ScheduleAnyway}) are left out: they never keep a pod pending.
 */
final class PlacementRulesDecoder {
  private final PodSource source;
  private final Problems problems;

  PlacementRulesDecoder(PodSource source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  PodPlacementRules decode() {
    Affinity affinity = source.spec().getAffinity();
    return new PodPlacementRules(
        Fields.map(source.spec().getNodeSelector()),
        nodeAffinity(affinity),
        TaintDecoder.tolerations(
            source.field() + ".tolerations", source.spec().getTolerations(), problems),
        podAffinity(affinity),
        podAntiAffinity(affinity),
        topologySpread());
  }

  /** A term without any expression matches no node, as the API documents, and is left out. */
  private @Nullable List<NodeSelectorTerm> nodeAffinity(@Nullable Affinity affinity) {
    NodeSelector required =
        affinity == null || affinity.getNodeAffinity() == null
            ? null
            : affinity.getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
    if (required == null) {
      return null;
    }
    String field = source.field() + ".affinity.nodeAffinity.required.nodeSelectorTerms";
    List<NodeSelectorTerm> terms = new ArrayList<>();
    int index = 0;
    for (io.fabric8.kubernetes.api.model.NodeSelectorTerm each :
        Fields.list(required.getNodeSelectorTerms())) {
      String at = field + "[" + index++ + "]";
      NodeSelectorTerm term =
          new NodeSelectorTerm(
              SelectorDecoder.nodeExpressions(
                  at + ".matchExpressions", each.getMatchExpressions(), problems),
              SelectorDecoder.nodeExpressions(
                  at + ".matchFields", each.getMatchFields(), problems));
      if (!term.labels().isEmpty() || !term.fields().isEmpty()) {
        terms.add(term);
      }
    }
    return terms;
  }

  private List<PodAffinityTerm> podAffinity(@Nullable Affinity affinity) {
    if (affinity == null || affinity.getPodAffinity() == null) {
      return List.of();
    }
    return terms(
        source.field() + ".affinity.podAffinity.required",
        affinity.getPodAffinity().getRequiredDuringSchedulingIgnoredDuringExecution());
  }

  private List<PodAffinityTerm> podAntiAffinity(@Nullable Affinity affinity) {
    if (affinity == null || affinity.getPodAntiAffinity() == null) {
      return List.of();
    }
    return terms(
        source.field() + ".affinity.podAntiAffinity.required",
        affinity.getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution());
  }

  private List<PodAffinityTerm> terms(
      String field, @Nullable List<io.fabric8.kubernetes.api.model.PodAffinityTerm> written) {
    List<PodAffinityTerm> terms = new ArrayList<>();
    for (io.fabric8.kubernetes.api.model.PodAffinityTerm each : Fields.list(written)) {
      terms.add(term(field + "[" + terms.size() + "]", each));
    }
    return terms;
  }

  private PodAffinityTerm term(
      String field, io.fabric8.kubernetes.api.model.PodAffinityTerm written) {
    LabelSelector selector =
        SelectorDecoder.withKeys(
            SelectorDecoder.decode(field + ".labelSelector", written.getLabelSelector(), problems),
            source.labels(),
            Fields.list(written.getMatchLabelKeys()),
            Fields.list(written.getMismatchLabelKeys()));
    LabelSelector namespaceSelector =
        written.getNamespaceSelector() == null
            ? null
            : SelectorDecoder.decode(
                field + ".namespaceSelector", written.getNamespaceSelector(), problems);
    Set<String> named = Set.copyOf(Fields.list(written.getNamespaces()));
    boolean ownNamespace = named.isEmpty() && namespaceSelector == null;
    return new PodAffinityTerm(
        topologyKey(field, written.getTopologyKey()),
        selector,
        ownNamespace ? Set.of(source.namespace()) : named,
        namespaceSelector);
  }

  private List<TopologySpread> topologySpread() {
    List<TopologySpread> constraints = new ArrayList<>();
    int index = 0;
    for (TopologySpreadConstraint each :
        Fields.list(source.spec().getTopologySpreadConstraints())) {
      String field = source.field() + ".topologySpreadConstraints[" + index++ + "]";
      if (!"ScheduleAnyway".equals(each.getWhenUnsatisfiable())) {
        constraints.add(spread(field, each));
      }
    }
    return constraints;
  }

  private TopologySpread spread(String field, TopologySpreadConstraint written) {
    int maxSkew = Fields.number(written.getMaxSkew(), 0);
    int minDomains = Fields.number(written.getMinDomains(), 1);
    if (maxSkew < 1) {
      problems.add(field + ".maxSkew", String.valueOf(written.getMaxSkew()), "1 or more");
    }
    if (minDomains < 1) {
      problems.add(field + ".minDomains", String.valueOf(written.getMinDomains()), "1 or more");
    }
    return new TopologySpread(
        maxSkew,
        topologyKey(field, written.getTopologyKey()),
        SelectorDecoder.withKeys(
            SelectorDecoder.decode(field + ".labelSelector", written.getLabelSelector(), problems),
            source.labels(),
            Fields.list(written.getMatchLabelKeys()),
            List.of()),
        minDomains,
        !"Ignore".equals(written.getNodeAffinityPolicy()),
        "Honor".equals(written.getNodeTaintsPolicy()));
  }

  private String topologyKey(String field, @Nullable String written) {
    String key = Fields.text(written);
    if (key.isEmpty()) {
      problems.add(field + ".topologyKey", "", "the name of a node label");
    }
    return key;
  }
}
