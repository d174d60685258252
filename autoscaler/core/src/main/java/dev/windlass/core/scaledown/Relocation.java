package dev.windlass.core.scaledown;

import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.scaledown.ScaleDownPlan.Move;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.ClusterMap.Site;
import dev.windlass.core.scheduling.NodeStanding;
import dev.windlass.core.scheduling.PodShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Empties nodes in thought: their pods go to nodes that are ready, the fullest first. */
final class Relocation {
  private final ClusterMap map;
  private final List<Site> receivers = new ArrayList<>();
  private final Set<NodeName> received = new HashSet<>();

  /** The first receiver that may have room for a shape; those before it have none. */
  private final Map<PodShape, Integer> first = new HashMap<>();

  /** What this said before the node at hand was tried. */
  private final Map<PodShape, Integer> before = new HashMap<>();

  Relocation(ClusterMap map) {
    this.map = map;
  }

  /** Found when a pod first needs one: in most decisions none does. */
  private void findReceivers() {
    for (Site site : map.sites().values()) {
      if (site.standing() == NodeStanding.READY) {
        receivers.add(site);
      }
    }
    receivers.sort(
        Comparator.comparingDouble((Site site) -> -site.utilization())
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
    if (receivers.isEmpty() && !evictions.isEmpty()) {
      findReceivers();
    }
    int mark = map.workspace().mark();
    map.workspace().close(site.slot(), site.pods());
    before.clear();
    List<Move> moves = new ArrayList<>();
    for (Pod pod : evictions) {
      NodeName place = place(map.workspace().shape(pod));
      if (place == null) {
        map.workspace().revert(mark);
        first.putAll(before);
        return new NoPlace(pod);
      }
      moves.add(new Move(pod.key(), place));
    }
    moves.forEach(move -> received.add(move.toNode()));
    return new Moved(moves);
  }

  private @Nullable NodeName place(PodShape shape) {
    int begin = first.getOrDefault(shape, 0);
    for (int index = begin; index < receivers.size(); index++) {
      if (map.workspace().place(shape, receivers.get(index).slot(), 1) > 0) {
        begin(shape, begin, index);
        return receivers.get(index).node().name();
      }
    }
    begin(shape, begin, receivers.size());
    return null;
  }

  /** A node that has no room for a shape gets none while others are emptied. */
  private void begin(PodShape shape, int old, int index) {
    if (!shape.speaksOfPods() && index > old) {
      before.putIfAbsent(shape, old);
      first.put(shape, index);
    }
  }
}
