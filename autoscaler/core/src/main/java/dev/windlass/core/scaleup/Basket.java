package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Pod;
import dev.windlass.core.scheduling.NodeFacts;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes bought so far in a decision, and which pods are where; can be taken back to a mark. */
final class Basket {
  private final Workspace workspace;
  private final Market market;
  private final List<Bought> bought = new ArrayList<>();
  private final List<Assigned> assigned = new ArrayList<>();
  private final Map<Content, Optional<Offer>> cheaper = new HashMap<>();
  private int names;

  /** A node that will be bought. */
  record Bought(Offer offer, Slot slot) {}

  /** Pods of one shape on one node. */
  record Assigned(Demand.Member member, Slot slot, int count) {}

  /** A point to come back to. */
  record Mark(int workspace, int bought, int assigned) {}

  Basket(Workspace workspace, Market market) {
    this.workspace = workspace;
    this.market = market;
  }

  List<Bought> bought() {
    return bought;
  }

  List<Assigned> assigned() {
    return assigned;
  }

  /** How many pods of each member have a place. */
  Map<Demand.Member, Integer> placed() {
    Map<Demand.Member, Integer> placed = new HashMap<>();
    assigned.forEach(each -> placed.merge(each.member(), each.count(), Integer::sum));
    return placed;
  }

  Slot buy(Offer offer) {
    Slot slot = open(offer);
    market.take(offer.group(), 1);
    bought.add(new Bought(offer, slot));
    return slot;
  }

  /** Puts up to so many pods there; returns how many. */
  int place(Demand.Member member, Slot slot, int wanted) {
    int placed = workspace.place(member.shape(), slot, wanted);
    if (placed > 0) {
      assigned.add(new Assigned(member, slot, placed));
    }
    return placed;
  }

  /** Puts up to so many pods on any nodes that are there or bought; returns how many. */
  int fill(Demand.Member member, int wanted) {
    return workspace.fill(
        member.shape(), wanted, (slot, placed) -> assigned.add(new Assigned(member, slot, placed)));
  }

  Mark mark() {
    return new Mark(workspace.mark(), bought.size(), assigned.size());
  }

  void revert(Mark mark) {
    workspace.revert(mark.workspace());
    while (bought.size() > mark.bought()) {
      market.take(bought.removeLast().offer().group(), -1);
    }
    while (assigned.size() > mark.assigned()) {
      assigned.removeLast();
    }
  }

  /** What the nodes bought since a mark cost once each is exchanged. */
  long costSince(Mark mark) {
    long cost = 0;
    for (Bought each : bought.subList(mark.bought(), bought.size())) {
      Content content = new Content(each.offer(), each.slot().placed());
      cost +=
          cheaper
              .computeIfAbsent(content, this::cheapest)
              .map(Offer::cost)
              .orElse(each.offer().cost());
    }
    return cost;
  }

  /** The pending pods on each slot, in the order in which their members list them. */
  Map<Slot, List<Pod>> pods() {
    Map<Slot, List<Pod>> pods = new HashMap<>();
    Map<Demand.Member, Integer> next = new HashMap<>();
    for (Assigned each : assigned) {
      int to = next.merge(each.member(), each.count(), Integer::sum);
      pods.computeIfAbsent(each.slot(), _ -> new ArrayList<>())
          .addAll(each.member().pods().subList(to - each.count(), to));
    }
    return pods;
  }

  /** What to exchange bought nodes for. */
  interface Choice {
    /** Offers to try, the best first. */
    List<Offer> insteadOf(Bought bought);

    /** Is told what the node became, changed or not. */
    default void settled(Bought bought) {}
  }

  /** Exchanges every bought node for the cheapest offer that holds what is on it. */
  void exchange() {
    exchange(
        old ->
            cheaper
                .computeIfAbsent(new Content(old.offer(), old.slot().placed()), this::cheapest)
                .stream()
                .toList());
  }

  /** Exchanges bought nodes as far as limits and other pods' rules allow. */
  void exchange(Choice choice) {
    Map<Slot, Slot> exchanged = new HashMap<>();
    for (int index = 0; index < bought.size(); index++) {
      Bought old = bought.get(index);
      for (Offer other : choice.insteadOf(old)) {
        if (suits(old.offer().group(), other.group()) && exchange(index, other, exchanged)) {
          break;
        }
      }
      choice.settled(bought.get(index));
    }
    assigned.replaceAll(old ->
        new Assigned(old.member(), exchanged.getOrDefault(old.slot(), old.slot()), old.count()));
  }

  /** What a bought node is and holds. */
  private record Content(Offer offer, List<Slot.Placed> placed) {}

  private Optional<Offer> cheapest(Content content) {
    Offer best = null;
    long cost = content.offer().cost();
    for (Offer offer : market.purchasable()) {
      if (offer.cost() < cost
          && offer.group().settings().priority() >= content.offer().group().settings().priority()
          && workspace.holds(offer.probe(), content.placed())) {
        best = offer;
        cost = offer.cost();
      }
    }
    return Optional.ofNullable(best);
  }

  private boolean suits(NodeGroup old, NodeGroup other) {
    return old.name().equals(other.name()) || (market.left(other) > 0 && market.canSpare(old));
  }

  /** Other pods' rules may still forbid the exchange; then everything stays, and it says so. */
  private boolean exchange(int index, Offer offer, Map<Slot, Slot> exchanged) {
    Bought old = bought.get(index);
    List<Slot.Placed> content = old.slot().placed();
    int mark = workspace.mark();
    workspace.close(old.slot(), List.of());
    Slot slot = open(offer);
    for (Slot.Placed placed : content) {
      int left = placed.count();
      for (int put = -1; left > 0 && put != 0; left -= put) {
        put = workspace.place(placed.shape(), slot, left);
      }
      if (left > 0) {
        workspace.revert(mark);
        return false;
      }
    }
    market.take(old.offer().group(), -1);
    market.take(offer.group(), 1);
    bought.set(index, new Bought(offer, slot));
    exchanged.put(old.slot(), slot);
    return true;
  }

  private Slot open(Offer offer) {
    names++;
    NodeFacts facts =
        NodeFacts.of(offer.offering().template(), offer.group().name() + "/new-" + names);
    return workspace.openNew(facts, offer.offering().template().allocatable());
  }
}
