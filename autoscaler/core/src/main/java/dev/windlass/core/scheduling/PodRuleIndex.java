package dev.windlass.core.scheduling;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.TopologySpread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Makes the counters that the pod rules of all shapes need, each once, and ties every shape to
 * those that concern it.
 */
final class PodRuleIndex {
  /** A shape as selectors see it. */
  record Subject(PodShape shape, String namespace, Map<String, String> labels) {}

  private final Map<String, Map<String, String>> namespaceLabels;
  private final Map<List<Object>, DomainCounter> counters = new HashMap<>();
  private final Map<DomainCounter, Predicate<Subject>> members = new HashMap<>();
  private final List<DomainCounter> ordered = new ArrayList<>();

  PodRuleIndex(Map<String, Map<String, String>> namespaceLabels) {
    this.namespaceLabels = namespaceLabels;
  }

  /** The label keys that some selector of these rules mentions. */
  static Set<String> keysMentioned(PodPlacementRules rules) {
    Set<String> keys = new TreeSet<>();
    rules.podAffinity().forEach(term -> addKeys(term.selector(), keys));
    rules.podAntiAffinity().forEach(term -> addKeys(term.selector(), keys));
    rules.topologySpread().forEach(spread -> addKeys(spread.selector(), keys));
    return keys;
  }

  private static void addKeys(LabelSelector selector, Set<String> keys) {
    keys.addAll(selector.matchLabels().keySet());
    selector.expressions().stream().map(Requirement::key).forEach(keys::add);
  }

  /** Every counter there is. */
  List<DomainCounter> counters() {
    return ordered;
  }

  /** Gives every shape its rules. */
  void tie(List<Subject> subjects) {
    List<Draft> drafts = subjects.stream().map(this::draft).toList();
    Set<Owned> owned = new LinkedHashSet<>();
    drafts.forEach(draft -> owned.addAll(draft.owned));
    for (Draft draft : drafts) {
      List<DomainCounter> counted = new ArrayList<>();
      for (DomainCounter counter : ordered) {
        Predicate<Subject> member = members.get(counter);
        if (member != null && member.test(draft.subject)) {
          counted.add(counter);
        }
      }
      List<DomainCounter> anti = new ArrayList<>(draft.anti);
      for (Owned each : owned) {
        if (selects(each.term, draft.subject)) {
          anti.add(each.counter);
        }
      }
      boolean self = !draft.affinity.isEmpty() && counted.contains(draft.affinity.getFirst());
      draft.subject.shape().rules =
          new ShapeRules(
              List.copyOf(counted),
              List.copyOf(new LinkedHashSet<>(anti)),
              draft.affinity,
              self,
              draft.spreads);
    }
  }

  /** An anti-affinity term and the counter of the pods that have it. */
  private record Owned(PodAffinityTerm term, DomainCounter counter) {}

  private static final class Draft {
    private final Subject subject;
    private final List<DomainCounter> anti = new ArrayList<>();
    private final List<Owned> owned = new ArrayList<>();
    private final List<DomainCounter> affinity = new ArrayList<>();
    private final List<ShapeRules.Spread> spreads = new ArrayList<>();

    private Draft(Subject subject) {
      this.subject = subject;
    }
  }

  private Draft draft(Subject subject) {
    Draft draft = new Draft(subject);
    PodPlacementRules rules = subject.shape().spec().rules();
    for (PodAffinityTerm term : rules.podAntiAffinity()) {
      draft.anti.add(
          counter(
              List.of("match", term),
              term.topologyKey(),
              _ -> true,
              _ -> true,
              other -> selects(term, other)));
      draft.owned.add(
          new Owned(
              term,
              counter(
                  List.of("owner", term),
                  term.topologyKey(),
                  _ -> true,
                  _ -> true,
                  other -> other.shape().spec().rules().podAntiAffinity().contains(term))));
    }
    List<PodAffinityTerm> terms = rules.podAffinity();
    for (PodAffinityTerm term : terms) {
      draft.affinity.add(
          counter(
              List.of("affinity", terms, term),
              term.topologyKey(),
              _ -> true,
              _ -> true,
              other -> terms.stream().allMatch(each -> selects(each, other))));
    }
    for (TopologySpread spread : rules.topologySpread()) {
      draft.spreads.add(spread(subject, rules, spread));
    }
    return draft;
  }

  private ShapeRules.Spread spread(
      Subject subject, PodPlacementRules rules, TopologySpread spread) {
    String namespace = subject.namespace();
    List<Object> identity =
        List.of(
            "spread",
            spread.topologyKey(),
            spread.selector(),
            namespace,
            subject.shape().staticId,
            spread.honorAffinity(),
            spread.honorTaints(),
            rules.topologySpread().stream().map(TopologySpread::topologyKey).toList());
    DomainCounter counter =
        counter(
            identity,
            spread.topologyKey(),
            node -> SpreadInclusion.counts(subject.shape().spec(), spread, node),
            node -> NodePredicate.refuseAny(subject.shape().spec(), node).isEmpty(),
            other ->
                !spread.selector().isEmpty()
                    && other.namespace().equals(namespace)
                    && spread.selector().matches(other.labels()));
    return new ShapeRules.Spread(
        counter,
        spread.maxSkew(),
        spread.minDomains(),
        spread.selector().matches(subject.labels()));
  }

  private DomainCounter counter(
      List<Object> identity,
      String topologyKey,
      Predicate<NodeFacts> included,
      Predicate<NodeFacts> open,
      Predicate<Subject> member) {
    DomainCounter known = counters.get(identity);
    if (known != null) {
      return known;
    }
    boolean spread = identity.getFirst().equals("spread");
    DomainCounter counter = new DomainCounter(topologyKey, !spread, included, open);
    counters.put(identity, counter);
    members.put(counter, member);
    ordered.add(counter);
    return counter;
  }

  private boolean selects(PodAffinityTerm term, Subject subject) {
    return term.selects(
        subject.namespace(),
        namespaceLabels.getOrDefault(subject.namespace(), Map.of()),
        subject.labels());
  }
}
