package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.TypeChoice;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Offers of one priority that a node can be exchanged among without any other pod noticing: their
 * nodes are in the same domains and begin with the same daemons.
 */
final class Cell {
  private static final Comparator<Offer> CHEAPEST_FIRST =
      Comparator.comparingLong(Offer::cost)
          .thenComparing(offer -> offer.group().name())
          .thenComparing(offer -> offer.offering().variant().instanceType())
          .thenComparing(offer -> offer.offering().variant().zone())
          .thenComparing(offer -> offer.offering().variant().purchase());

  private final List<Offer> offers;
  private final TypeChoice types;
  private final List<BoughtNode> nodes = new ArrayList<>();

  private Cell(Workspace workspace, Market market, List<Offer> offers) {
    this.offers = offers;
    List<TypeChoice.Type> all = new ArrayList<>();
    for (Offer offer : offers) {
      all.add(
          new TypeChoice.Type(all.size(), offer.probe(), offer.cost(), market.isUnlimited(offer)));
    }
    types = new TypeChoice(workspace, all);
  }

  private record Key(int priority, Object domains) {}

  /** The cells of all that may be bought, those of the highest priority first. */
  static List<Cell> of(Workspace workspace, Market market) {
    Map<Key, List<Offer>> byKey = new HashMap<>();
    for (Offer offer : market.purchasable()) {
      Key key = new Key(offer.group().settings().priority(), workspace.cell(offer.probe()));
      byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(offer);
    }
    List<Cell> cells = new ArrayList<>();
    for (List<Offer> offers : byKey.values()) {
      offers.sort(CHEAPEST_FIRST);
      cells.add(new Cell(workspace, market, offers));
    }
    cells.sort(
        Comparator.comparingInt((Cell cell) -> -cell.priority())
            .thenComparing(cell -> cell.offers.getFirst(), CHEAPEST_FIRST));
    return cells;
  }

  int priority() {
    return offers.getFirst().group().settings().priority();
  }

  /** What stands for the domains of all its nodes. */
  Slot probe() {
    return offers.getFirst().probe();
  }

  List<Offer> offers() {
    return offers;
  }

  /** What its nodes can be. */
  TypeChoice types() {
    return types;
  }

  /** The offer behind a type. */
  Offer offer(TypeChoice.Type type) {
    return offers.get(type.id());
  }

  /** What was bought of it so far. */
  List<BoughtNode> nodes() {
    return nodes;
  }
}
