package dev.windlass.core.scaleup;

import dev.windlass.core.model.Pod;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.TypeChoice;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes bought so far in a decision, and which pods are where; can be taken back to a mark. */
final class Basket {
  private final Workspace workspace;
  private final Market market;
  private final List<Cell> cells;
  private final Map<Offer, Cell> cellOf = new HashMap<>();
  private final List<BoughtNode> bought = new ArrayList<>();
  private final Map<Slot, BoughtNode> bySlot = new HashMap<>();
  private final List<Assigned> assigned = new ArrayList<>();
  private final List<Before> journal = new ArrayList<>();
  private int names;

  /** Pods of one shape on one node. */
  record Assigned(Demand.Member member, Slot slot, int count) {}

  /** What a node was before it changed. */
  private record Before(BoughtNode node, Offer offer, @Nullable TypeChoice choice) {
    Before(BoughtNode node) {
      this(node, node.offer(), node.choice());
    }
  }

  /** A point to come back to. */
  record Mark(int workspace, int bought, int assigned, int journal) {}

  Basket(Workspace workspace, Market market) {
    this.workspace = workspace;
    this.market = market;
    cells = Cell.of(workspace, market);
    for (Cell cell : cells) {
      cell.offers().forEach(offer -> cellOf.put(offer, cell));
    }
  }

  /** The cells of all that may be bought, those of the highest priority first. */
  List<Cell> cells() {
    return cells;
  }

  List<BoughtNode> bought() {
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

  /** Buys a node whose type may still change. */
  BoughtNode buy(Offer offer) {
    return buy(offer, false);
  }

  /** Buys a node of this very offer. */
  BoughtNode buyFixed(Offer offer) {
    return buy(offer, true);
  }

  private BoughtNode buy(Offer offer, boolean fixed) {
    Cell cell = cellOf.get(offer);
    if (cell == null) {
      throw new IllegalArgumentException("nothing may be bought of " + offer.group().name());
    }
    names++;
    Slot slot = workspace.openLike(offer.probe(), offer.group().name() + "/new-" + names);
    BoughtNode node = new BoughtNode(slot, cell, offer, fixed ? null : cell.types());
    market.take(offer, 1);
    bought.add(node);
    bySlot.put(slot, node);
    cell.nodes().add(node);
    return node;
  }

  /** Puts up to so many pods there; returns how many. */
  int place(Demand.Member member, Slot slot, int wanted) {
    int placed = workspace.place(member.shape(), slot, wanted);
    if (placed > 0) {
      assign(member, slot, placed);
    }
    return placed;
  }

  /** Puts up to so many pods on any nodes that are there or bought; returns how many. */
  int fill(Demand.Member member, int wanted) {
    return workspace.fill(member.shape(), wanted, (slot, placed) -> assign(member, slot, placed));
  }

  private void assign(Demand.Member member, Slot slot, int placed) {
    assigned.add(new Assigned(member, slot, placed));
    BoughtNode node = bySlot.get(slot);
    if (node != null) {
      Before before = new Before(node);
      node.narrow(member.shape());
      if (node.choice() != before.choice()) {
        journal.add(before);
      }
    }
  }

  /**
   * Makes a bought node one of another offer in its cell; false when it has no room for its pods.
   */
  boolean exchange(BoughtNode node, Offer offer) {
    if (!workspace.retype(node.slot(), offer.probe())) {
      return false;
    }
    journal.add(new Before(node));
    market.take(node.offer(), -1);
    market.take(offer, 1);
    node.become(offer);
    return true;
  }

  Mark mark() {
    return new Mark(workspace.mark(), bought.size(), assigned.size(), journal.size());
  }

  void revert(Mark mark) {
    while (journal.size() > mark.journal()) {
      Before before = journal.removeLast();
      market.take(before.node().offer(), -1);
      market.take(before.offer(), 1);
      before.node().become(before.offer());
      before.node().restore(before.choice());
    }
    workspace.revert(mark.workspace());
    while (bought.size() > mark.bought()) {
      BoughtNode node = bought.removeLast();
      market.take(node.offer(), -1);
      bySlot.remove(node.slot());
      node.cell().nodes().removeLast();
    }
    while (assigned.size() > mark.assigned()) {
      assigned.removeLast();
    }
  }

  /** What the nodes bought since a mark cost once each is exchanged. */
  long costSince(Mark mark) {
    long cost = 0;
    for (BoughtNode node : bought.subList(mark.bought(), bought.size())) {
      TypeChoice choice = node.choice();
      int cheapest = choice == null ? 0 : choice.next(node.slot(), 0);
      cost +=
          choice == null || cheapest == choice.size()
              ? node.offer().cost()
              : Math.min(node.offer().cost(), choice.get(cheapest).cost());
    }
    return cost;
  }

  /** Exchanges every bought node for the cheapest offer that holds what is on it. */
  void exchange() {
    for (BoughtNode node : bought) {
      TypeChoice choice = node.choice();
      int next = choice == null ? 0 : choice.next(node.slot(), 0);
      while (choice != null
          && next < choice.size()
          && choice.get(next).cost() < node.offer().cost()) {
        Offer offer = node.cell().offer(choice.get(next));
        next =
            Market.mayExchange(node.offer(), offer) && exchange(node, offer)
                ? choice.size()
                : choice.next(node.slot(), next + 1);
      }
    }
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

  /** What to put in the place of bought nodes, in any domain. */
  interface Choice {
    /** Offers to try, the best first. */
    List<Offer> insteadOf(BoughtNode node);

    /** Is told what the node became, changed or not. */
    void settled(BoughtNode node);
  }

  /** Replaces bought nodes as far as limits and other pods' rules allow; the last step of all. */
  void replace(Choice choice) {
    Map<Slot, Slot> replaced = new HashMap<>();
    for (int index = 0; index < bought.size(); index++) {
      BoughtNode node = bought.get(index);
      for (Offer offer : choice.insteadOf(node)) {
        if (Market.mayExchange(node.offer(), offer) && replace(node, offer)) {
          replaced.put(node.slot(), bought.getLast().slot());
          bought.set(index, bought.removeLast());
          break;
        }
      }
      choice.settled(bought.get(index));
    }
    assigned.replaceAll(old ->
        new Assigned(old.member(), replaced.getOrDefault(old.slot(), old.slot()), old.count()));
  }

  /** Other pods' rules may forbid it; then nothing has changed, and it says so. */
  private boolean replace(BoughtNode old, Offer offer) {
    Mark mark = mark();
    workspace.close(old.slot(), List.of());
    market.take(old.offer(), -1);
    BoughtNode node = buyFixed(offer);
    for (Slot.Placed placed : old.slot().placed()) {
      int left = placed.count();
      for (int put = -1; left > 0 && put != 0; left -= put) {
        put = workspace.place(placed.shape(), node.slot(), left);
      }
      if (left > 0) {
        revert(mark);
        market.take(old.offer(), 1);
        return false;
      }
    }
    return true;
  }
}
