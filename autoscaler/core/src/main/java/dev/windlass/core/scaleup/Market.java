package dev.windlass.core.scaleup;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.NodeFacts;
import dev.windlass.core.scheduling.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What can be bought, from whom, and how much of it is left. */
final class Market {
  /** A name that no node has, so that no pod asks for it. */
  private static final String PROBE = "windlass-probe";

  private final List<NodeGroup> groups;
  private final Map<NodeGroupName, List<Offer>> offers = new TreeMap<>();
  private final List<Offer> purchasable = new ArrayList<>();
  private final Map<NodeGroupName, Integer> left = new HashMap<>();
  private final AutoscalerState state;
  private final Instant now;
  private int budget;

  Market(ClusterMap map, AutoscalerState state, int maxNewNodes, Instant now) {
    this.state = state;
    this.now = now;
    budget = maxNewNodes;
    groups =
        map.snapshot().capacity().groups().stream()
            .sorted(Comparator.comparing(NodeGroup::name))
            .toList();
    for (NodeGroup group : groups) {
      List<Offer> own = new ArrayList<>();
      for (Offering offering : group.offerings()) {
        Slot probe =
            map.workspace()
                .probe(NodeFacts.of(offering.template(), PROBE), offering.template().allocatable());
        own.add(new Offer(group, offering, probe));
      }
      own.sort(
          Comparator.comparingLong(Offer::cost)
              .thenComparing(offer -> offer.offering().variant().instanceType())
              .thenComparing(offer -> offer.offering().variant().zone())
              .thenComparing(offer -> offer.offering().variant().purchase()));
      offers.put(group.name(), own);
      left.put(group.name(), Math.max(0, group.size().max() - group.size().target()));
      if (closedBecause(group).isEmpty()) {
        purchasable.addAll(own);
      }
    }
    for (Offer offer : purchasable) {
      if (left(offer.group()) > 0) {
        map.workspace().offer(offer.probe());
      }
    }
  }

  /** Every group, by name. */
  List<NodeGroup> groups() {
    return groups;
  }

  /** All that a group offers, the cheapest first. */
  List<Offer> offers(NodeGroup group) {
    return offers.getOrDefault(group.name(), List.of());
  }

  /** Everything that may be bought now, limits apart. */
  List<Offer> purchasable() {
    return purchasable;
  }

  /** How many more nodes of the group may be bought in this decision. */
  int left(NodeGroup group) {
    return Math.min(budget, left.getOrDefault(group.name(), 0));
  }

  /** Whether the group, as it grows in this decision, has more nodes than its minimum. */
  boolean canSpare(NodeGroup group) {
    return group.size().max() - left.getOrDefault(group.name(), 0) > group.size().min();
  }

  /** Whether the bound on one decision, and not the group, ends its growth. */
  boolean isDeferred(NodeGroup group) {
    return budget == 0 && left.getOrDefault(group.name(), 0) > 0;
  }

  /** Takes nodes of the group; a negative number gives them back. */
  void take(NodeGroup group, int nodes) {
    budget -= nodes;
    left.merge(group.name(), -nodes, Integer::sum);
  }

  /** Why nothing may be bought from the group now. */
  Optional<Unhelped.Reason> closedBecause(NodeGroup group) {
    if (group.settings().mode() == NodeGroup.Mode.PAUSED) {
      return closed(group, UnhelpedRule.PAUSED, "the group is paused");
    }
    if (group.offerings().isEmpty()) {
      return closed(group, UnhelpedRule.NO_OFFERING, "the group offers no instance type");
    }
    AutoscalerState.Backoff backoff = state.backoffs().get(group.name());
    if (backoff == null || !now.isBefore(backoff.until())) {
      return Optional.empty();
    }
    UnhelpedRule rule =
        switch (backoff.failure().cause()) {
          case QUOTA -> UnhelpedRule.QUOTA;
          case OUT_OF_CAPACITY, THROTTLED, REFUSED, UNAVAILABLE -> UnhelpedRule.BACKOFF;
        };
    return closed(
        group,
        rule,
        "the group failed ("
            + backoff.failure().message()
            + ") and is left alone until "
            + backoff.until());
  }

  private static Optional<Unhelped.Reason> closed(
      NodeGroup group, UnhelpedRule rule, String message) {
    return Optional.of(new Unhelped.Reason(group.name(), rule, message));
  }
}
