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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything hard that limits where a pod may run; {@link PreferencesDecoder} reads the rest. */
final class PlacementRulesDecoder {
  private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");
  private static final List<String> POLICIES = List.of("Honor", "Ignore");

  private final PodSource source;
  private final Problems problems;

  PlacementRulesDecoder(PodSource source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  PodPlacementRules decode() {
    Affinity affinity = source.spec().getAffinity();
    Map<String, String> nodeSelector = Fields.map(source.spec().getNodeSelector());
    LabelSyntax.check(source.field() + ".nodeSelector", nodeSelector, problems);
    return new PodPlacementRules(
        nodeSelector,
        nodeAffinity(affinity),
        TaintDecoder.tolerations(
            source.field() + ".tolerations", source.spec().getTolerations(), problems),
        podAffinity(affinity),
        podAntiAffinity(affinity),
        topologySpread(true));
  }

  /** One alternative or preference of node affinity. */
  NodeSelectorTerm nodeTerm(
      String field, io.fabric8.kubernetes.api.model.NodeSelectorTerm written) {
    return new NodeSelectorTerm(
        SelectorDecoder.nodeExpressions(
            field + ".matchExpressions", written.getMatchExpressions(), problems),
        SelectorDecoder.nodeFields(field + ".matchFields", written.getMatchFields(), problems));
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
      NodeSelectorTerm term = nodeTerm(at, each);
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

  PodAffinityTerm term(String field, io.fabric8.kubernetes.api.model.PodAffinityTerm written) {
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

  /** The topology spread constraints that must hold, or those that may be broken. */
  List<TopologySpread> topologySpread(boolean hard) {
    List<TopologySpread> constraints = new ArrayList<>();
    int index = 0;
    for (TopologySpreadConstraint each :
        Fields.list(source.spec().getTopologySpreadConstraints())) {
      String field = source.field() + ".topologySpreadConstraints[" + index++ + "]";
      if (hard != "ScheduleAnyway".equals(each.getWhenUnsatisfiable())) {
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
    oneOf(field + ".whenUnsatisfiable", written.getWhenUnsatisfiable(), ACTIONS);
    oneOf(field + ".nodeAffinityPolicy", written.getNodeAffinityPolicy(), POLICIES);
    oneOf(field + ".nodeTaintsPolicy", written.getNodeTaintsPolicy(), POLICIES);
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

  private void oneOf(String field, @Nullable String written, List<String> expected) {
    String value = Fields.text(written);
    if (!value.isEmpty() && !expected.contains(value)) {
      problems.add(field, value, String.join(" or ", expected));
    }
  }

  private String topologyKey(String field, @Nullable String written) {
    String key = Fields.text(written);
    LabelSyntax.checkKey(field + ".topologyKey", key, problems);
    return key;
  }
}
