package dev.windlass.core.scheduling;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Pod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays out one snapshot after another. A map is the same as if it were the first, only sooner
 * there: a cluster in which nothing has moved since the one before, with nodes as good as then, is
 * not laid out again. A map is used up when the next is asked for.
 */
public final class ClusterMaps {
  private @Nullable ClusterMap last;

  /**
   * The map of a snapshot, without anything that planners have put there.
   *
   * @param toCome pods that are about to exist
   */
  public ClusterMap of(
      ClusterSnapshot snapshot, AutoscalerState state, List<Pod> toCome, Instant now) {
    ClusterMap before = last;
    ClusterMap map =
        before != null && before.renew(snapshot, state, toCome, now)
            ? before
            : ClusterMap.of(snapshot, state, toCome, now);
    last = map;
    return map;
  }
}
