package dev.windlass.core.scaledown;

import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.scaledown.ScaleDownPlan.Move;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.ClusterMap.Site;
import dev.windlass.core.scheduling.NodeStanding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Empties nodes in thought: their pods go to nodes that are ready, the fullest first. */
final class Relocation {
  private final ClusterMap map;
  private final List<Site> receivers;
  private final Set<NodeName> received = new HashSet<>();

  Relocation(ClusterMap map) {
    this.map = map;
    Map<NodeName, Double> utilization = new HashMap<>();
    receivers = new ArrayList<>();
    for (Site site : map.sites().values()) {
      if (site.standing() == NodeStanding.READY) {
        receivers.add(site);
        utilization.put(site.node().name(), Utilization.of(site));
      }
    }
    receivers.sort(
        Comparator.comparingDouble(
                (Site site) -> -utilization.getOrDefault(site.node().name(), 0.0))
            .thenComparing(site -> site.node().name()));
  }

  /** What came of it. */
  sealed interface Outcome {}

  /** The node is empty, and closed in the workspace. */
  record Moved(List<Move> moves) implements Outcome {
    Moved {
      moves = List.copyOf(moves);
    }
  }

  /** This pod fits nowhere else; nothing has changed. */
  record NoPlace(Pod pod) implements Outcome {}

  /** Whether pods were moved to the node. */
  boolean isReceiver(Site site) {
    return received.contains(site.node().name());
  }

  Outcome empty(Site site, List<Pod> evictions) {
    int mark = map.workspace().mark();
    map.workspace().close(site.slot(), site.pods());
    List<Move> moves = new ArrayList<>();
    for (Pod pod : evictions) {
      NodeName place = place(pod);
      if (place == null) {
        map.workspace().revert(mark);
        return new NoPlace(pod);
      }
      moves.add(new Move(pod.key(), place));
    }
    moves.forEach(move -> received.add(move.toNode()));
    return new Moved(moves);
  }

  private @org.jspecify.annotations.Nullable NodeName place(Pod pod) {
    for (Site receiver : receivers) {
      if (map.workspace().place(map.workspace().shape(pod), receiver.slot(), 1) > 0) {
        return receiver.node().name();
      }
    }
    return null;
  }
}
