package dev.windlass.core.scheduling;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.TopologySpread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the counters that the pod rules of all shapes need, each once, and ties every shape to
 * those that concern it.
 */
final class PodRuleIndex {
  /** A shape as selectors see it. */
  record Subject(PodShape shape, String namespace, Map<String, String> labels) {}

  /** A counter and the shapes whose pods it counts, but for owners of a term. */
  private record Member(DomainCounter counter, Predicate<Subject> counts) {}

  /** An anti-affinity term and the counter of the pods that have it. */
  private record Owned(PodAffinityTerm term, DomainCounter counter) {}

  private final Map<String, Map<String, String>> namespaceLabels;
  private final Map<List<Object>, DomainCounter> counters = new HashMap<>();
  private final Map<List<Object>, DomainSet> domainSets = new HashMap<>();
  private final Map<List<Object>, Inclusion> inclusions = new HashMap<>();
  private final Map<String, Topology> topologies = new HashMap<>();
  private final List<Topology> coarse = new ArrayList<>();
  private final SelectorIndex<Member> members = new SelectorIndex<>();
  private final SelectorIndex<Owned> owned = new SelectorIndex<>();

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

  /** The topologies that classes of nodes know, in the order of their numbers. */
  List<Topology> topologies() {
    return coarse;
  }

  /** The topology of host names, or null when no rule speaks of single hosts. */
  @Nullable Topology hosts() {
    return topologies.get(Keys.HOSTNAME);
  }

  /** The domains that constraints reckon with. */
  List<DomainSet> domainSets() {
    return List.copyOf(domainSets.values());
  }

  /** Gives every shape its rules. */
  void tie(List<Subject> subjects) {
    List<Draft> drafts = subjects.stream().map(this::draft).toList();
    for (Draft draft : drafts) {
      draft.subject.shape().rules = rules(draft);
    }
  }

  private ShapeRules rules(Draft draft) {
    Subject subject = draft.subject;
    TreeMap<Integer, DomainCounter> counted = new TreeMap<>();
    members.candidates(
        subject.labels(),
        member -> {
          if (member.counts().test(subject)) {
            counted.put(member.counter().index(), member.counter());
          }
        });
    draft.owned.forEach(each -> counted.put(each.index(), each));
    TreeMap<Integer, DomainCounter> anti = new TreeMap<>();
    draft.anti.forEach(each -> anti.put(each.index(), each));
    owned.candidates(
        subject.labels(),
        each -> {
          if (selects(each.term(), subject)) {
            anti.put(each.counter().index(), each.counter());
          }
        });
    boolean self =
        !draft.affinity.isEmpty() && counted.containsKey(draft.affinity.getFirst().index());
    List<ShapeRules.Anti> excluding = new ArrayList<>();
    anti.forEach((index, counter) ->
        excluding.add(new ShapeRules.Anti(counter, counted.containsKey(index))));
    return new ShapeRules(
        List.copyOf(counted.values()), excluding, draft.affinity, self, draft.spreads);
  }

  private static final class Draft {
    private final Subject subject;
    private final List<DomainCounter> anti = new ArrayList<>();
    private final List<DomainCounter> owned = new ArrayList<>();
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
              topology(term.topologyKey()),
              null,
              term.selector(),
              other -> selects(term, other)));
      draft.owned.add(owner(term));
    }
    List<PodAffinityTerm> terms = rules.podAffinity();
    for (PodAffinityTerm term : terms) {
      draft.affinity.add(
          counter(
              List.of("affinity", terms, term),
              topology(term.topologyKey()),
              null,
              term.selector(),
              other -> terms.stream().allMatch(each -> selects(each, other))));
    }
    for (TopologySpread spread : rules.topologySpread()) {
      draft.spreads.add(spread(subject, rules, spread));
    }
    return draft;
  }

  /** The counter of the pods that have a term. */
  private DomainCounter owner(PodAffinityTerm term) {
    return counters.computeIfAbsent(
        List.of("owner", term),
        _ -> {
          DomainCounter counter =
              new DomainCounter(counters.size(), topology(term.topologyKey()), null);
          owned.add(term.selector(), new Owned(term, counter));
          return counter;
        });
  }

  private ShapeRules.Spread spread(
      Subject subject, PodPlacementRules rules, TopologySpread spread) {
    String namespace = subject.namespace();
    Topology topology = topology(spread.topologyKey());
    List<Object> nodes =
        List.of(
            subject.shape().staticId,
            spread.honorAffinity(),
            spread.honorTaints(),
            rules.topologySpread().stream().map(TopologySpread::topologyKey).toList());
    Inclusion inclusion =
        inclusions.computeIfAbsent(
            nodes,
            _ ->
                new Inclusion(
                    node -> SpreadInclusion.counts(subject.shape().spec(), spread, node)));
    DomainSet domains =
        domainSets.computeIfAbsent(
            List.of(spread.topologyKey(), nodes),
            _ -> new DomainSet(topology, inclusion, open(subject.shape())));
    DomainCounter counter =
        counter(
            List.of("spread", spread.topologyKey(), spread.selector(), namespace, nodes),
            topology,
            domains,
            spread.selector(),
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

  /** The nodes that pods of the shape's static id may run on. */
  private Inclusion open(PodShape shape) {
    return inclusions.computeIfAbsent(
        List.<Object>of(shape.staticId),
        _ -> new Inclusion(node -> NodePredicate.refuseAny(shape.spec(), node).isEmpty()));
  }

  private Topology topology(String key) {
    Topology known = topologies.get(key);
    if (known != null) {
      return known;
    }
    boolean host = key.equals(Keys.HOSTNAME);
    Topology topology = new Topology(key, host ? Topology.NONE : coarse.size());
    topologies.put(key, topology);
    if (!host) {
      coarse.add(topology);
    }
    return topology;
  }

  private DomainCounter counter(
      List<Object> identity,
      Topology topology,
      @Nullable DomainSet domains,
      LabelSelector selector,
      Predicate<Subject> counts) {
    DomainCounter known = counters.get(identity);
    if (known != null) {
      return known;
    }
    DomainCounter counter = new DomainCounter(counters.size(), topology, domains);
    counters.put(identity, counter);
    members.add(selector, new Member(counter, counts));
    return counter;
  }

  private boolean selects(PodAffinityTerm term, Subject subject) {
    return term.selects(
        subject.namespace(),
        namespaceLabels.getOrDefault(subject.namespace(), Map.of()),
        subject.labels());
  }
}
