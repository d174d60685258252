package dev.windlass.core.scheduling;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts pods by the value of one node label. A counter with a filter counts on some nodes only and
 * knows the domains that these make.
 */
final class DomainCounter {
  private final String topologyKey;
  private final boolean countsTerminating;
  private final Predicate<NodeFacts> included;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Integer> domains = new HashMap<>();
  private int total;

  /**
   * A counter without any pod.
   *
   * @param topologyKey the label whose values are the domains
   * @param countsTerminating whether pods that are ending count, as they do for affinity only
   * @param included the nodes it counts on
   */
  DomainCounter(String topologyKey, boolean countsTerminating, Predicate<NodeFacts> included) {
    this.topologyKey = topologyKey;
    this.countsTerminating = countsTerminating;
    this.included = included;
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

  void register(NodeFacts node, int nodes) {
    String domain = domain(node);
    if (domain != null) {
      domains.merge(domain, nodes, DomainCounter::sumOrNone);
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

  /** The emptiest domain's count; zero while there are fewer domains than asked for. */
  int minimum(int minDomains) {
    if (domains.isEmpty() || domains.size() < minDomains || counts.size() < domains.size()) {
      return 0;
    }
    int minimum = Integer.MAX_VALUE;
    for (String domain : domains.keySet()) {
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
