package dev.windlass.core.scheduling;

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
    if (rules.speakOfNothing()) {
      return wanted;
    }
    int allowed = wanted;
    for (ShapeRules.Anti anti : rules.anti()) {
      int domain = slot.domain(anti.counter().topology());
      if (domain != Topology.NONE) {
        if (anti.counter().count(domain) > 0) {
          return 0;
        }
        allowed = anti.excludesItself() ? Math.min(allowed, 1) : allowed;
      }
    }
    if (!rules.affinity().isEmpty() && !affine(rules, slot)) {
      allowed = beginsAffinity(rules, slot) ? Math.min(allowed, 1) : 0;
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      allowed =
          Math.min(allowed, spreadAllowance(spread, slot.domain(spread.counter().topology())));
    }
    return Math.max(0, allowed);
  }

  /** Whether the rules about anything larger than a host let a pod onto nodes of the class now. */
  static boolean mayEnter(ShapeRules rules, NodeClass nodes) {
    for (ShapeRules.Anti anti : rules.anti()) {
      Topology topology = anti.counter().topology();
      if (!topology.ofHosts() && anti.counter().count(nodes.domain(topology)) > 0) {
        return false;
      }
    }
    for (DomainCounter counter : rules.affinity()) {
      Topology topology = counter.topology();
      if (!topology.ofHosts()) {
        int domain = nodes.domain(topology);
        if (domain == Topology.NONE || (counter.total() > 0 && counter.count(domain) == 0)) {
          return false;
        }
      }
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      Topology topology = spread.counter().topology();
      if (!topology.ofHosts() && spreadAllowance(spread, nodes.domain(topology)) <= 0) {
        return false;
      }
    }
    return true;
  }

  /** How many pods of the shape the rules about single hosts let onto an empty node. */
  static int hostAllowance(ShapeRules rules, Slot slot, int wanted) {
    int allowed = wanted;
    for (ShapeRules.Anti anti : rules.anti()) {
      boolean reached = slot.domain(anti.counter().topology()) != Topology.NONE;
      allowed = anti.excludesItself() && reached ? 1 : allowed;
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      if (spread.selfMatch() && spread.counter().topology().ofHosts()) {
        allowed = Math.min(allowed, spread.maxSkew());
      }
    }
    return Math.max(1, allowed);
  }

  /** Why none may go there. */
  static Optional<Refusal> refuse(ShapeRules rules, Slot slot) {
    if (allowance(rules, slot, 1) > 0) {
      return Optional.empty();
    }
    for (ShapeRules.Anti anti : rules.anti()) {
      Topology topology = anti.counter().topology();
      int domain = slot.domain(topology);
      if (domain != Topology.NONE && anti.counter().count(domain) > 0) {
        return refusal(
            Rule.POD_ANTI_AFFINITY,
            "a pod that its anti-affinity excludes runs in "
                + topology.key()
                + "="
                + slot.facts().labels().get(topology.key()));
      }
    }
    if (!rules.affinity().isEmpty() && !affine(rules, slot) && !beginsAffinity(rules, slot)) {
      return refusal(
          Rule.POD_AFFINITY,
          "no pod that its affinity asks for runs in the node's "
              + rules.affinity().getFirst().topology().key());
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      Topology topology = spread.counter().topology();
      if (spreadAllowance(spread, slot.domain(topology)) <= 0) {
        return refusal(
            Rule.TOPOLOGY_SPREAD,
            "one more pod would exceed maxSkew " + spread.maxSkew() + " over " + topology.key());
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refusal(Rule rule, String message) {
    return Optional.of(new Refusal(rule, message));
  }

  private static boolean affine(ShapeRules rules, Slot slot) {
    for (DomainCounter counter : rules.affinity()) {
      int domain = slot.domain(counter.topology());
      if (domain == Topology.NONE || counter.count(domain) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The first pod of a group that asks for itself may go anywhere that has the labels. */
  private static boolean beginsAffinity(ShapeRules rules, Slot slot) {
    if (!rules.affinityMatchesSelf()) {
      return false;
    }
    for (DomainCounter counter : rules.affinity()) {
      if (counter.total() > 0 || slot.domain(counter.topology()) == Topology.NONE) {
        return false;
      }
    }
    return true;
  }

  private static int spreadAllowance(ShapeRules.Spread spread, int domain) {
    if (domain == Topology.NONE) {
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
