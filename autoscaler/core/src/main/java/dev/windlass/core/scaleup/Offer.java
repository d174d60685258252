package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Offering;
import dev.windlass.core.scheduling.Slot;

/** One thing that could be bought; one object stands for itself alone. */
final class Offer {
  private final NodeGroup group;
  private final Offering offering;
  private final Slot probe;
  private final Stock stock;
  private final long cost;

  Offer(NodeGroup group, Offering offering, Slot probe, Stock stock) {
    this.group = group;
    this.offering = offering;
    this.probe = probe;
    this.stock = stock;
    cost = PriceEstimate.micros(offering);
  }

  NodeGroup group() {
    return group;
  }

  Offering offering() {
    return offering;
  }

  /** An empty node of this kind, daemons included, to compare with. */
  Slot probe() {
    return probe;
  }

  /** How much there is of its group. */
  Stock stock() {
    return stock;
  }

  /** What to compare by, in millionths of a US dollar an hour. */
  long cost() {
    return cost;
  }
}
