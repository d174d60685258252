package dev.windlass.core.volumes;

import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.volumes.VolumeNeeds.Attached;
import dev.windlass.core.volumes.VolumeRefusal.Rule;
import java.util.Optional;

/**
 * A node takes so many volumes of each CSI driver as the driver says; a volume that several pods
 * have counts once.
 *
 * <p>Source: Kubernetes 1.36, plugin {@code nodevolumelimits}.
 */
final class VolumeLimitsFilter implements VolumeFilter {
  @Override
  public Optional<VolumeRefusal> refuse(VolumeNeeds needs, VolumePlace place) {
    for (Attached each : needs.attached()) {
      Integer limit = place.node().limits().get(each.driver());
      if (limit != null && room(needs, place, each.driver(), limit, 1) == 0) {
        return Optional.of(
            new VolumeRefusal(
                Rule.NODE_VOLUME_LIMITS,
                "the node takes "
                    + limit
                    + " volumes of "
                    + each.driver()
                    + " and has "
                    + place.count(each.driver())));
      }
    }
    return Optional.empty();
  }

  @Override
  public int room(VolumeNeeds needs, VolumePlace place, int wanted) {
    int room = wanted;
    for (Attached each : needs.attached()) {
      Integer limit = place.node().limits().get(each.driver());
      if (limit != null && room > 0) {
        room = room(needs, place, each.driver(), limit, room);
      }
    }
    return room;
  }

  private static int room(
      VolumeNeeds needs, VolumePlace place, String driver, int limit, int wanted) {
    int own = 0;
    int common = 0;
    for (Attached each : needs.attached()) {
      CsiVolume volume = each.volume();
      if (each.driver().equals(driver)) {
        own += volume == null ? 1 : 0;
        common += volume != null && !place.has(volume) ? 1 : 0;
      }
    }
    if (own + common == 0) {
      return wanted;
    }
    int left = limit - place.count(driver) - common;
    if (left < 0) {
      return 0;
    }
    return own == 0 ? wanted : Math.min(wanted, left / own);
  }
}
