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
    return ledger.room(shape.volumes, place(slot), wanted);
  }

  @Override
  public Optional<Refusal> refuse(PodShape shape, Slot slot) {
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
    ledger.reserve(shape.volumes, place(slot), count);
  }

  @Override
  public void unreserve(PodShape shape, Slot slot, int count) {
    ledger.unreserve(shape.volumes, place(slot), count);
  }

  private VolumePlace place(Slot slot) {
    VolumePlace known = slot.volumes;
    if (known == null) {
      NodeFacts facts = slot.facts();
      VolumePlace place =
          ledger.place(facts.name(), facts.labels(), facts.volumeLimits(), () -> slot.closed);
      known = slot.trial ? place.trial() : place;
      slot.volumes = known;
    }
    return known;
  }
}
