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
  static int allowance(ShapeRules rules, Slot slot, int wanted) {
    NodeFacts node = slot.facts();
    int allowed = wanted;
    for (DomainCounter counter : rules.anti()) {
      String domain = counter.domain(node);
      if (domain == null) {
        continue;
      }
      if (count(counter, domain, slot) > 0) {
        return 0;
      }
      allowed = rules.counted().contains(counter) ? Math.min(allowed, 1) : allowed;
    }
    if (!rules.affinity().isEmpty() && !affine(rules, slot)) {
      allowed = beginsAffinity(rules, node) ? Math.min(allowed, 1) : 0;
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      allowed = Math.min(allowed, spreadAllowance(spread, slot));
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
  static Optional<Refusal> refuse(ShapeRules rules, Slot slot) {
    NodeFacts node = slot.facts();
    if (allowance(rules, slot, 1) > 0) {
      return Optional.empty();
    }
    for (DomainCounter counter : rules.anti()) {
      String domain = counter.domain(node);
      if (domain != null && count(counter, domain, slot) > 0) {
        return refusal(
            Rule.POD_ANTI_AFFINITY,
            "a pod that its anti-affinity excludes, or that excludes it, runs in "
                + domainOf(counter, slot));
      }
    }
    if (!rules.affinity().isEmpty() && !affine(rules, slot) && !beginsAffinity(rules, node)) {
      return refusal(
          Rule.POD_AFFINITY,
          "no pod that its affinity asks for runs in "
              + domainOf(rules.affinity().getFirst(), slot));
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      if (spreadAllowance(spread, slot) <= 0) {
        return refusal(
            Rule.TOPOLOGY_SPREAD,
            spreadMessage(spread, slot));
      }
    }
    return Optional.empty();
  }

  private static String domainOf(DomainCounter counter, Slot slot) {
    String key = counter.topologyKey();
    String domain = counter.domain(slot.facts());
    if (domain == null) {
      return "a domain of the node, which has no label " + key;
    }
    return slot.toCome && key.equals(Keys.HOSTNAME) ? "the new node itself" : key + "=" + domain;
  }

  private static String spreadMessage(ShapeRules.Spread spread, Slot slot) {
    String key = spread.counter().topologyKey();
    String domain = slot.facts().labels().get(key);
    return domain == null
        ? "its topology spread needs the label " + key + ", which the node does not have"
        : "one more pod would exceed maxSkew "
            + spread.maxSkew()
            + ": "
            + domainOf(spread.counter(), slot)
            + " has "
            + count(spread.counter(), domain, slot)
            + ", the emptiest domain counts as "
            + spread.counter().minimum(spread.minDomains(), slot.toCome);
  }

  private static Optional<Refusal> refusal(Rule rule, String message) {
    return Optional.of(new Refusal(rule, message));
  }

  /** Pods in the domain, the slot's own included. */
  private static int count(DomainCounter counter, String domain, Slot slot) {
    int count = counter.count(domain);
    for (PodShape shape : slot.uncounted) {
      count += shape.rules.counted().contains(counter) ? 1 : 0;
    }
    return count;
  }

  private static boolean affine(ShapeRules rules, Slot slot) {
    NodeFacts node = slot.facts();
    for (DomainCounter counter : rules.affinity()) {
      String domain = counter.domain(node);
      if (domain == null || count(counter, domain, slot) == 0) {
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

  /** Room beside the emptiest domain: of those that are there, or for a node to come of all. */
  private static int spreadAllowance(ShapeRules.Spread spread, Slot slot) {
    String domain = slot.facts().labels().get(spread.counter().topologyKey());
    if (domain == null) {
      return 0;
    }
    int self = spread.selfMatch() ? 1 : 0;
    int room =
        spread.maxSkew()
            + spread.counter().minimum(spread.minDomains(), slot.toCome)
            - count(spread.counter(), domain, slot);
    if (self == 0) {
      return room >= 0 ? Integer.MAX_VALUE : 0;
    }
    return room;
  }
}
