package dev.windlass.core.scaleup;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PlannedNode;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Variant;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.ClusterMap.Awaited;
import dev.windlass.core.scheduling.Slot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which awaited node takes the pods that an earlier decision ordered it for. Without this each
 * decision would pack the awaited nodes anew, not quite as well, and buy again for what is left.
 */
final class Reservations {
  /** What awaited nodes of one kind have in common. */
  private record Kind(NodeGroupName group, Variant variant) {}

  private static final Comparator<PlannedNode> STABLE =
      Comparator.comparing(PlannedNode::group).thenComparing(PlannedNode::node);

  private final Map<ObjectKey, PlannedNode> planned;
  private final Map<PlannedNode, Slot> claimed = new HashMap<>();
  private final Map<Kind, Deque<Slot>> free = new HashMap<>();

  Reservations(ClusterMap map, Map<ObjectKey, PlannedNode> planned) {
    this.planned = planned;
    Map<PlannedNode, Slot> byName = new HashMap<>();
    for (Awaited awaited : map.awaited()) {
      byName.put(
          new PlannedNode(awaited.group(), awaited.variant(), awaited.slot().name()),
          awaited.slot());
    }
    List<PlannedNode> known = planned.values().stream().distinct().sorted(STABLE).toList();
    for (PlannedNode node : known) {
      Slot same = byName.remove(node);
      if (same != null) {
        claimed.put(node, same);
      }
    }
    for (Awaited awaited : map.awaited()) {
      PlannedNode own = new PlannedNode(awaited.group(), awaited.variant(), awaited.slot().name());
      if (byName.containsKey(own)) {
        free.computeIfAbsent(new Kind(awaited.group(), awaited.variant()), _ -> new ArrayDeque<>())
            .add(awaited.slot());
      }
    }
    known.forEach(this::claim);
  }

  private void claim(PlannedNode node) {
    Deque<Slot> alike = free.get(new Kind(node.group(), node.variant()));
    if (!claimed.containsKey(node) && alike != null && !alike.isEmpty()) {
      claimed.put(node, alike.removeFirst());
    }
  }

  /** So many pods of a member wait for a node. */
  record Reserved(Demand.Member member, Slot slot, int count) {}

  /** What these members wait for. */
  List<Reserved> of(List<Demand.Member> members) {
    List<Reserved> reserved = new ArrayList<>();
    for (Demand.Member member : members) {
      Map<PlannedNode, Integer> counts = new TreeMap<>(STABLE);
      for (Pod pod : member.pods()) {
        PlannedNode node = planned.get(pod.key());
        if (node != null) {
          counts.merge(node, 1, Integer::sum);
        }
      }
      counts.forEach((node, count) -> {
        @Nullable Slot slot = claimed.get(node);
        if (slot != null) {
          reserved.add(new Reserved(member, slot, count));
        }
      });
    }
    return reserved;
  }
}
