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
        if (count(anti.counter(), domain, slot) > 0) {
          return 0;
        }
        allowed = anti.excludesItself() ? Math.min(allowed, 1) : allowed;
      }
    }
    if (!rules.affinity().isEmpty() && !affine(rules, slot)) {
      allowed = beginsAffinity(rules, slot) ? Math.min(allowed, 1) : 0;
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      allowed = Math.min(allowed, spreadAllowance(spread, slot));
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
      if (!topology.ofHosts() && allowance(spread, nodes.domain(topology), nodes.toCome, 0) <= 0) {
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
      if (domain != Topology.NONE && count(anti.counter(), domain, slot) > 0) {
        return refusal(
            Rule.POD_ANTI_AFFINITY,
            "a pod that its anti-affinity excludes, or that excludes it, runs in "
                + words(topology, slot));
      }
    }
    if (!rules.affinity().isEmpty() && !affine(rules, slot) && !beginsAffinity(rules, slot)) {
      return refusal(
          Rule.POD_AFFINITY,
          "no pod that its affinity asks for runs in "
              + words(rules.affinity().getFirst().topology(), slot));
    }
    for (ShapeRules.Spread spread : rules.spreads()) {
      if (spreadAllowance(spread, slot) <= 0) {
        return refusal(Rule.TOPOLOGY_SPREAD, words(spread, slot));
      }
    }
    return Optional.empty();
  }

  private static String words(Topology topology, Slot slot) {
    String domain = slot.facts().labels().get(topology.key());
    if (domain == null) {
      return "a domain of the node, which has no label " + topology.key();
    }
    return slot.nodeClass.toCome && topology.ofHosts()
        ? "the new node itself"
        : topology.key() + "=" + domain;
  }

  private static String words(ShapeRules.Spread spread, Slot slot) {
    DomainCounter counter = spread.counter();
    int domain = slot.domain(counter.topology());
    return domain == Topology.NONE
        ? "its topology spread needs the label "
            + counter.topology().key()
            + ", which the node does not have"
        : "one more pod would exceed maxSkew "
            + spread.maxSkew()
            + ": "
            + words(counter.topology(), slot)
            + " has "
            + count(counter, domain, slot)
            + ", the emptiest domain counts as "
            + counter.minimum(spread.minDomains(), slot.nodeClass.toCome);
  }

  private static Optional<Refusal> refusal(Rule rule, String message) {
    return Optional.of(new Refusal(rule, message));
  }

  private static boolean affine(ShapeRules rules, Slot slot) {
    for (DomainCounter counter : rules.affinity()) {
      int domain = slot.domain(counter.topology());
      if (domain == Topology.NONE || count(counter, domain, slot) == 0) {
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

  /** Pods in the domain; on a node to compare with its own as well. */
  private static int count(DomainCounter counter, int domain, Slot slot) {
    return counter.count(domain) + uncounted(counter, slot);
  }

  private static int uncounted(DomainCounter counter, Slot slot) {
    int count = 0;
    for (PodShape shape : slot.uncounted) {
      count += shape.rules.counted().contains(counter) ? 1 : 0;
    }
    return count;
  }

  private static int spreadAllowance(ShapeRules.Spread spread, Slot slot) {
    DomainCounter counter = spread.counter();
    return allowance(
        spread, slot.domain(counter.topology()), slot.nodeClass.toCome, uncounted(counter, slot));
  }

  private static int allowance(
      ShapeRules.Spread spread, int domain, boolean toCome, int uncounted) {
    if (domain == Topology.NONE) {
      return 0;
    }
    int self = spread.selfMatch() ? 1 : 0;
    int room =
        spread.maxSkew()
            + spread.counter().minimum(spread.minDomains(), toCome)
            - spread.counter().count(domain)
            - uncounted;
    if (self == 0) {
      return room >= 0 ? Integer.MAX_VALUE : 0;
    }
    return room;
  }
}
