package dev.windlass.core.scheduling;

import dev.windlass.core.model.Keys;
import dev.windlass.core.scheduling.Refusal.Rule;
import java.util.Optional;

/**
 * Pod affinity, anti-affinity and topology spread, as kube-scheduler's filters read them.
 *
 * <p>Source: Kubernetes 1.36, plugins {@code interpodaffinity} and {@code podtopologyspread}.
 */
final class PodRules {
  private PodRules() {}

  /** How many pods of the shape the rules let onto the node now, at most so many as wanted. */
  static int allowance(ShapeRules rules, NodeFacts node, int wanted) {
    int allowed = wanted;
    for (DomainCounter counter : rules.anti()) {
      String domain = counter.domain(node);
      if (domain == null) {
        continue;
      }
      if (counter.count(domain) > 0) {
        return 0;
      }
      allowed = rules.counted().contains(counter) ? Math.min(allowed, 1) : allowed;
    }
    if (!rules.affinity().isEmpty() && !affine(rules, node)) {
      allowed = beginsAffinity(rules, node) ? Math.min(allowed, 1) : 0;
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      allowed = Math.min(allowed, spreadAllowance(spread, node));
    }
    return Math.max(0, allowed);
  }

  /** How many pods of the shape the rules about single hosts let onto an empty node. */
  static int hostAllowance(ShapeRules rules, NodeFacts node, int wanted) {
    int allowed = wanted;
    for (DomainCounter counter : rules.anti()) {
      boolean excludesItself = rules.counted().contains(counter);
      allowed = excludesItself && counter.domain(node) != null ? 1 : allowed;
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      if (spread.selfMatch() && spread.counter().topologyKey().equals(Keys.HOSTNAME)) {
        allowed = Math.min(allowed, spread.maxSkew());
      }
    }
    return Math.max(1, allowed);
  }

  /** Why none may go there. */
  static Optional<Refusal> refuse(ShapeRules rules, NodeFacts node) {
    if (allowance(rules, node, 1) > 0) {
      return Optional.empty();
    }
    for (DomainCounter counter : rules.anti()) {
      String domain = counter.domain(node);
      if (domain != null && counter.count(domain) > 0) {
        return refusal(
            Rule.POD_ANTI_AFFINITY,
            "a pod that its anti-affinity excludes runs in "
                + counter.topologyKey()
                + "="
                + domain);
      }
    }
    if (!rules.affinity().isEmpty() && !affine(rules, node) && !beginsAffinity(rules, node)) {
      return refusal(
          Rule.POD_AFFINITY,
          "no pod that its affinity asks for runs in the node's "
              + rules.affinity().getFirst().topologyKey());
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      if (spreadAllowance(spread, node) <= 0) {
        return refusal(
            Rule.TOPOLOGY_SPREAD,
            "one more pod would exceed maxSkew "
                + spread.maxSkew()
                + " over "
                + spread.counter().topologyKey());
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refusal(Rule rule, String message) {
    return Optional.of(new Refusal(rule, message));
  }

  private static boolean affine(ShapeRules rules, NodeFacts node) {
    for (DomainCounter counter : rules.affinity()) {
      String domain = counter.domain(node);
      if (domain == null || counter.count(domain) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The first pod of a group that asks for itself may go anywhere that has the labels. */
  private static boolean beginsAffinity(ShapeRules rules, NodeFacts node) {
    if (!rules.affinityMatchesSelf()) {
      return false;
    }
    for (DomainCounter counter : rules.affinity()) {
      if (counter.total() > 0 || counter.domain(node) == null) {
        return false;
      }
    }
    return true;
  }

  private static int spreadAllowance(ShapeRules.Spread spread, NodeFacts node) {
    String domain = node.labels().get(spread.counter().topologyKey());
    if (domain == null) {
      return 0;
    }
    int self = spread.selfMatch() ? 1 : 0;
    int room =
        spread.maxSkew()
            + spread.counter().minimum(spread.minDomains())
            - spread.counter().count(domain);
    if (self == 0) {
      return room >= 0 ? Integer.MAX_VALUE : 0;
    }
    return room;
  }
}
