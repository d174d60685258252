package dev.windlass.core.scheduling;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts pods by the value of one node label. A counter with a filter counts on some nodes only and
 * knows the domains that these make: those of nodes that are there, which is all that
 * kube-scheduler sees now, and those of nodes to come.
 */
final class DomainCounter {
  private final String topologyKey;
  private final boolean countsTerminating;
  private final Predicate<NodeFacts> included;
  private final Predicate<NodeFacts> open;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Integer> present = new HashMap<>();
  private final Map<String, Integer> coming = new HashMap<>();
  private int total;

  /**
   * A counter without any pod.
   *
   * @param topologyKey the label whose values are the domains
   * @param countsTerminating whether pods that are ending count, as they do for affinity only
   * @param included the nodes it counts on
   * @param open the nodes that its pods may run on, size and other pods apart
   */
  DomainCounter(
      String topologyKey,
      boolean countsTerminating,
      Predicate<NodeFacts> included,
      Predicate<NodeFacts> open) {
    this.topologyKey = topologyKey;
    this.countsTerminating = countsTerminating;
    this.included = included;
    this.open = open;
  }

  boolean countsTerminating() {
    return countsTerminating;
  }

  String topologyKey() {
    return topologyKey;
  }

  /** The node's domain, or null when it has none or is not counted. */
  @Nullable String domain(NodeFacts node) {
    String domain = node.labels().get(topologyKey);
    return domain != null && included.test(node) ? domain : null;
  }

  /** Notes nodes, or with a negative number that they go. */
  void register(NodeFacts node, boolean toCome, int nodes) {
    String domain = domain(node);
    if (domain != null) {
      (toCome ? coming : present).merge(domain, nodes, DomainCounter::sumOrNone);
    }
  }

  /** Notes a node that could be bought, if the counter's pods could run there. */
  void offer(NodeFacts node) {
    if (open.test(node)) {
      register(node, true, 1);
    }
  }

  void add(NodeFacts node, int pods) {
    String domain = domain(node);
    if (domain != null) {
      counts.merge(domain, pods, DomainCounter::sumOrNone);
      total += pods;
    }
  }

  int count(String domain) {
    return counts.getOrDefault(domain, 0);
  }

  int total() {
    return total;
  }

  /**
   * The emptiest domain's count; zero while there are fewer domains than asked for.
   *
   * @param toCome whether domains of nodes to come count too
   */
  int minimum(int minDomains, boolean toCome) {
    int minimum = Integer.MAX_VALUE;
    int domains = present.size();
    if (toCome) {
      for (String domain : coming.keySet()) {
        minimum = Math.min(minimum, count(domain));
        domains += present.containsKey(domain) ? 0 : 1;
        if (minimum == 0) {
          return 0;
        }
      }
    }
    if (domains == 0 || domains < minDomains || counts.size() < domains) {
      return 0;
    }
    for (String domain : present.keySet()) {
      minimum = Math.min(minimum, count(domain));
    }
    return minimum;
  }

  /** A map entry that falls to zero is removed. */
  private static @Nullable Integer sumOrNone(Integer left, Integer right) {
    int sum = left + right;
    return sum == 0 ? null : Integer.valueOf(sum);
  }
}
