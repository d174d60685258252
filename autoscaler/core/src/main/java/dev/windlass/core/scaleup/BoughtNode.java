package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.TypeChoice;
import org.jspecify.annotations.Nullable;

/** A node that will be bought. Its type may still change within its cell, unless it is fixed. */
final class BoughtNode {
  private final Slot slot;
  private final Cell cell;
  private Offer offer;
  private @Nullable TypeChoice choice;

  /**
   * A node.
   *
   * @param choice what it can be, or null when its type is fixed
   */
  BoughtNode(Slot slot, Cell cell, Offer offer, @Nullable TypeChoice choice) {
    this.slot = slot;
    this.cell = cell;
    this.offer = offer;
    this.choice = choice;
  }

  Slot slot() {
    return slot;
  }

  Cell cell() {
    return cell;
  }

  Offer offer() {
    return offer;
  }

  /** The types that suit every pod on it, or null when its type is fixed. */
  @Nullable TypeChoice choice() {
    return choice;
  }

  void become(Offer other) {
    offer = other;
  }

  /** Takes note of pods on it; what needs volumes or devices of its node fixes the type. */
  void narrow(PodShape shape) {
    if (choice != null) {
      choice = shape.spec().attachments().isEmpty() ? choice.suiting(shape) : null;
    }
  }

  void restore(@Nullable TypeChoice before) {
    choice = before;
  }
}
