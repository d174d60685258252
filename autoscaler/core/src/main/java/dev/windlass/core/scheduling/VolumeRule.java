package dev.windlass.core.scheduling;

import dev.windlass.core.volumes.VolumeLedger;
import dev.windlass.core.volumes.VolumePlace;
import dev.windlass.core.volumes.VolumeRefusal;
import java.util.Optional;

/** What volumes let pods onto a node; the rules themselves are in {@code core.volumes}. */
final class VolumeRule implements ReservingRule {
  private final VolumeLedger ledger;

  VolumeRule(VolumeLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public int room(PodShape shape, Slot slot, int wanted) {
    return shape.volumes.isNothing() ? wanted : ledger.room(shape.volumes, place(slot), wanted);
  }

  @Override
  public Optional<Refusal> refuse(PodShape shape, Slot slot) {
    if (shape.volumes.isNothing()) {
      return Optional.empty();
    }
    return ledger
        .refuse(shape.volumes, place(slot))
        .map(refusal -> new Refusal(rule(refusal.rule()), refusal.message()));
  }

  private static Refusal.Rule rule(VolumeRefusal.Rule rule) {
    return switch (rule) {
      case VOLUME_RESTRICTIONS -> Refusal.Rule.VOLUME_RESTRICTIONS;
      case NODE_VOLUME_LIMITS -> Refusal.Rule.NODE_VOLUME_LIMITS;
      case VOLUME_BINDING -> Refusal.Rule.VOLUME_BINDING;
      case VOLUME_ZONE -> Refusal.Rule.VOLUME_ZONE;
    };
  }

  @Override
  public void reserve(PodShape shape, Slot slot, int count) {
    if (!shape.volumes.isNothing()) {
      ledger.reserve(shape.volumes, place(slot), count);
    }
  }

  @Override
  public void unreserve(PodShape shape, Slot slot, int count) {
    if (!shape.volumes.isNothing()) {
      ledger.unreserve(shape.volumes, place(slot), count);
    }
  }

  private VolumePlace place(Slot slot) {
    VolumePlace known = slot.volumes;
    if (known == null) {
      Slot origin = slot.trialOf;
      known = origin == null ? fresh(slot) : place(origin).trial();
      slot.volumes = known;
    }
    return known;
  }

  /** A node that was opened like a probe has its daemons' volumes from the start. */
  private VolumePlace fresh(Slot slot) {
    NodeFacts facts = slot.facts();
    VolumePlace place =
        ledger.place(facts.name(), facts.labels(), facts.volumeLimits(), () -> slot.closed);
    if (slot.probe != null) {
      for (Slot.Placed daemon : slot.placed.subList(0, slot.daemons)) {
        ledger.begin(daemon.shape().volumes, place, daemon.count());
      }
    }
    return slot.compared ? place.trial() : place;
  }
}
