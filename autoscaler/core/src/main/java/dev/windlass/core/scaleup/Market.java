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
  private final Map<NodeGroupName, List<Offer>> closed = new HashMap<>();
  private final List<Offer> purchasable = new ArrayList<>();
  private final Map<NodeGroupName, Stock> left = new HashMap<>();
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
      Stock stock = new Stock(Math.max(0, group.size().max() - group.size().target()));
      left.put(group.name(), stock);
      List<Offer> own = new ArrayList<>();
      List<Offer> shut = new ArrayList<>();
      for (Offering offering : group.offerings()) {
        Slot probe =
            map.workspace()
                .probe(NodeFacts.of(offering.template(), PROBE), offering.template().allocatable());
        boolean open = offering.obstacle() == null;
        (open ? own : shut).add(new Offer(group, offering, probe, stock));
      }
      closed.put(group.name(), shut);
      own.sort(
          Comparator.comparingLong(Offer::cost)
              .thenComparing(offer -> offer.offering().variant().instanceType())
              .thenComparing(offer -> offer.offering().variant().zone())
              .thenComparing(offer -> offer.offering().variant().purchase()));
      offers.put(group.name(), own);
      own.stream().filter(offer -> closedBecause(offer).isEmpty()).forEach(purchasable::add);
    }
    for (Offer offer : purchasable) {
      if (left(offer) > 0) {
        map.workspace().offer(offer.probe());
      }
    }
  }

  /** Every group, by name. */
  List<NodeGroup> groups() {
    return groups;
  }

  /** What a group would offer if nothing stood against it. */
  List<Offer> closedOffers(NodeGroup group) {
    return closed.getOrDefault(group.name(), List.of());
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
    return Math.min(budget, stock(group).left());
  }

  /** The same for an offer's group. */
  int left(Offer offer) {
    return Math.min(budget, offer.stock().left());
  }

  /** Whether an offer's group can take all that this decision may buy. */
  boolean isUnlimited(Offer offer) {
    return offer.stock().left() >= budget;
  }

  /** Whether a node that is bought may be of another offer instead. */
  static boolean mayExchange(Offer old, Offer other) {
    return old.group().name().equals(other.group().name()) || other.stock().left() > 0;
  }

  /** Whether the bound on one decision, and not the group, ends its growth. */
  boolean isDeferred(NodeGroup group) {
    return budget == 0 && stock(group).left() > 0;
  }

  private Stock stock(NodeGroup group) {
    return left.computeIfAbsent(group.name(), _ -> new Stock(0));
  }

  /** Takes nodes of an offer; a negative number gives them back. */
  void take(Offer offer, int nodes) {
    budget -= nodes;
    offer.stock().take(nodes);
  }

  /** Why nothing may be bought from the group now. */
  Optional<Unhelped.Reason> closedBecause(NodeGroup group) {
    if (group.settings().mode() == NodeGroup.Mode.PAUSED) {
      return closed(group, UnhelpedRule.PAUSED, "the group is paused");
    }
    if (group.offerings().isEmpty()) {
      return closed(group, UnhelpedRule.NO_OFFERING, "the group offers no instance type");
    }
    List<AutoscalerState.Backoff> waits = new ArrayList<>();
    for (Offering offering : group.offerings()) {
      Optional<AutoscalerState.Backoff> wait = state.closing(group.name(), offering.variant(), now);
      if (wait.isEmpty()) {
        return Optional.empty();
      }
      waits.add(wait.get());
    }
    return waits.stream()
        .min(Comparator.comparing(AutoscalerState.Backoff::until))
        .map(first -> leftAlone(group, first));
  }

  /** Why nothing may be bought of one offer now. */
  Optional<Unhelped.Reason> closedBecause(Offer offer) {
    NodeGroup group = offer.group();
    Optional<Unhelped.Reason> whole = closedBecause(group);
    return whole.isPresent()
        ? whole
        : state
            .closing(group.name(), offer.offering().variant(), now)
            .map(wait -> leftAlone(group, wait));
  }

  private static Unhelped.Reason leftAlone(NodeGroup group, AutoscalerState.Backoff backoff) {
    UnhelpedRule rule =
        switch (backoff.failure().cause()) {
          case QUOTA -> UnhelpedRule.QUOTA;
          case CAPACITY,
              THROTTLED,
              TRANSIENT,
              CONFLICT,
              NOT_FOUND,
              PERMISSION,
              AUTH,
              CONFIG,
              UNKNOWN ->
              UnhelpedRule.BACKOFF;
        };
    return new Unhelped.Reason(
        group.name(),
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
