package dev.windlass.core.gpu;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.NodeStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets outdated nodes go once the scale-up plan has a place for each of their pods on a node that
 * is ready. In a group that may not grow, room cannot be made before it is needed, so that its
 * nodes go after a while without.
 */
public final class GpuSurge {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private GpuSurge() {}

  /** The nodes whose draining begins now. */
  public static List<Action> release(
      List<GpuRetiring> retiring, ScaleUpPlan scaleUp, ClusterMap map, Instant now) {
    if (retiring.isEmpty()) {
      return List.of();
    }
    Map<ObjectKey, NodeName> places = new HashMap<>();
    for (PodPlacement placement : scaleUp.placements()) {
      if (placement instanceof PodPlacement.OnNode(ObjectKey pod, NodeName node)) {
        places.put(pod, node);
      }
    }
    List<Action> steps = new ArrayList<>();
    for (GpuRetiring each : retiring) {
      boolean moved =
          each.pods().stream()
              .allMatch(pod -> isReady(map, places.get(pod.keyAnew()), each.node().name()));
      if (!each.node().hasTaint(Keys.DISRUPTED) && (moved || mustGoWithout(each, now))) {
        steps.add(each.drain(now));
      }
    }
    return steps;
  }

  private static boolean isReady(ClusterMap map, @Nullable NodeName place, NodeName old) {
    ClusterMap.Site site = place == null || place.equals(old) ? null : map.sites().get(place);
    return site != null && site.standing() == NodeStanding.READY;
  }

  private static boolean mustGoWithout(GpuRetiring each, Instant now) {
    NodeGroup.Size size = each.group().size();
    return size.target() >= size.max() && !now.isBefore(each.since().plus(PATIENCE));
  }
}
