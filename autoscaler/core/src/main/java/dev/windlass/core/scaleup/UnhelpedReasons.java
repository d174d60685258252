package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Offering;
import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Refusal;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks every group why it does not help a shape; of a group's offers the one that came closest. */
final class UnhelpedReasons {
  private final Workspace workspace;
  private final Market market;
  private final Map<PodShape, List<Unhelped.Reason>> known = new HashMap<>();

  UnhelpedReasons(Workspace workspace, Market market) {
    this.workspace = workspace;
    this.market = market;
  }

  List<Unhelped.Reason> of(PodShape shape) {
    return known.computeIfAbsent(shape, this::ask);
  }

  private List<Unhelped.Reason> ask(PodShape shape) {
    List<Unhelped.Reason> reasons = new ArrayList<>();
    for (NodeGroup group : market.groups()) {
      reasons.add(reason(shape, group));
    }
    return reasons.isEmpty()
        ? List.of(
            new Unhelped.Reason(null, UnhelpedRule.NO_NODE_GROUP, "there is no node group at all"))
        : reasons;
  }

  private Unhelped.Reason reason(PodShape shape, NodeGroup group) {
    Close closest = null;
    Unhelped.Reason closed = null;
    for (Offer offer : market.offers(group)) {
      Optional<Refusal> refusal = workspace.refusal(shape, offer.probe());
      if (refusal.isEmpty()) {
        Optional<Unhelped.Reason> because = market.closedBecause(offer);
        if (because.isEmpty()) {
          return unbought(group);
        }
        closed = because.get();
        continue;
      }
      Close close = new Close(refusal.get(), workspace.size(shape, offer.probe()));
      closest = closest == null || close.compareTo(closest) > 0 ? close : closest;
    }
    if (closed != null) {
      return closed;
    }
    for (Offer offer : market.closedOffers(group)) {
      Offering.Obstacle obstacle = offer.offering().obstacle();
      if (obstacle != null && workspace.refusal(shape, offer.probe()).isEmpty()) {
        UnhelpedRule rule =
            switch (obstacle.kind()) {
              case GPU_STACK -> UnhelpedRule.GPU_STACK;
              case GPU_QUARANTINE -> UnhelpedRule.GPU_QUARANTINE;
              case QUOTA -> UnhelpedRule.QUOTA;
            };
        return new Unhelped.Reason(group.name(), rule, obstacle.message());
      }
    }
    return closest == null
        ? market.closedBecause(group).orElseGet(() -> unbought(group))
        : new Unhelped.Reason(
            group.name(), rule(closest.refusal.rule()), closest.refusal.message());
  }

  /** A machine that was refused by a later rule is closer; of too small ones, the largest. */
  private record Close(Refusal refusal, double size) implements Comparable<Close> {
    @Override
    public int compareTo(Close other) {
      int byRule = refusal.rule().compareTo(other.refusal.rule());
      return byRule == 0 && refusal.rule() == Refusal.Rule.INSUFFICIENT_RESOURCE
          ? Double.compare(other.size, size)
          : byRule;
    }
  }

  /** The group's nodes would do; what keeps it from growing? */
  private Unhelped.Reason unbought(NodeGroup group) {
    Optional<Unhelped.Reason> closed = market.closedBecause(group);
    if (closed.isPresent()) {
      return closed.get();
    }
    if (market.isDeferred(group)) {
      return new Unhelped.Reason(
          group.name(),
          UnhelpedRule.DEFERRED,
          "this decision ordered as many nodes as one may; the next goes on");
    }
    return new Unhelped.Reason(
        group.name(),
        UnhelpedRule.MAX_SIZE,
        "the group may not grow beyond its maximum of " + group.size().max() + " nodes");
  }

  private static UnhelpedRule rule(Refusal.Rule rule) {
    return switch (rule) {
      case NODE_NAME -> UnhelpedRule.NODE_NAME;
      case NODE_UNSCHEDULABLE, TAINT -> UnhelpedRule.TAINT;
      case NODE_SELECTOR -> UnhelpedRule.NODE_SELECTOR;
      case NODE_AFFINITY -> UnhelpedRule.NODE_AFFINITY;
      case HOST_PORT -> UnhelpedRule.HOST_PORT;
      case MISSING_RESOURCE -> UnhelpedRule.MISSING_RESOURCE;
      case INSUFFICIENT_RESOURCE -> UnhelpedRule.TOO_LARGE;
      case GPU_SHARE -> UnhelpedRule.GPU_SHARE;
      case VOLUME_RESTRICTIONS -> UnhelpedRule.VOLUME_RESTRICTIONS;
      case NODE_VOLUME_LIMITS -> UnhelpedRule.NODE_VOLUME_LIMITS;
      case VOLUME_BINDING -> UnhelpedRule.VOLUME_BINDING;
      case VOLUME_ZONE -> UnhelpedRule.VOLUME_ZONE;
      case DEVICE_CLAIM -> UnhelpedRule.DEVICE_CLAIM;
      case DEVICES -> UnhelpedRule.DEVICES;
      case INVALID_SPEC -> UnhelpedRule.INVALID_SPEC;
      case POD_AFFINITY -> UnhelpedRule.POD_AFFINITY;
      case POD_ANTI_AFFINITY -> UnhelpedRule.POD_ANTI_AFFINITY;
      case TOPOLOGY_SPREAD -> UnhelpedRule.TOPOLOGY_SPREAD;
    };
  }
}
