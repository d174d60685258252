package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Offering;
import dev.windlass.core.scheduling.Slot;

/** One thing that could be bought; one object stands for itself alone. */
final class Offer {
  private final NodeGroup group;
  private final Offering offering;
  private final Slot probe;
  private final long cost;

  Offer(NodeGroup group, Offering offering, Slot probe) {
    this.group = group;
    this.offering = offering;
    this.probe = probe;
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

  /** What to compare by, in millionths of a US dollar an hour. */
  long cost() {
    return cost;
  }
}
