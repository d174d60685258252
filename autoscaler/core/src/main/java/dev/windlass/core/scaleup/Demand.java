package dev.windlass.core.scaleup;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodGroup;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pending pods, in the order in which they are served: by priority, gangs first among equals.
 *
 * @param units what is placed one after another
 * @param nominated pods for which preemption makes room on a node
 * @param expendable pods too unimportant to buy a node for
 * @param invalid pods that no scheduler will place until their spec is corrected
 */
record Demand(
    List<Unit> units, Map<ObjectKey, NodeName> nominated, List<Pod> expendable, List<Pod> invalid) {
  /** The order of pods within a shape. */
  private static final Comparator<Pod> OLDEST_FIRST =
      Comparator.comparing((Pod pod) -> pod.metadata().createdAt()).thenComparing(Pod::key);

  /**
   * Pods that are placed together.
   *
   * @param priority their priority
   * @param gang their gang, or null for pods that are placed one by one
   * @param missing how many of the gang must be placed for any to be; 0 without a gang
   * @param members the pods, by shape
   */
  record Unit(int priority, @Nullable ObjectKey gang, int missing, List<Member> members) {
    int size() {
      return members.stream().mapToInt(member -> member.pods().size()).sum();
    }
  }

  /** Pods of one shape; one object stands for itself alone. */
  static final class Member {
    private final PodShape shape;
    private final List<Pod> pods;

    Member(PodShape shape, List<Pod> pods) {
      this.shape = shape;
      this.pods = List.copyOf(pods);
    }

    PodShape shape() {
      return shape;
    }

    List<Pod> pods() {
      return pods;
    }
  }

  /**
   * Sorts a cluster's pending pods, those that are about to exist included. Pods of a scheduler
   * that is not served are somebody else's.
   */
  static Demand of(
      ClusterSnapshot.Workloads workloads,
      List<Pod> toCome,
      Workspace workspace,
      Policy.ScaleUp policy) {
    Map<ObjectKey, Integer> running = new HashMap<>();
    Map<ObjectKey, NodeName> nominated = new TreeMap<>();
    List<Pod> expendable = new ArrayList<>();
    List<Pod> invalid = new ArrayList<>();
    List<Pod> pending = new ArrayList<>();
    for (Pod pod : workloads.pods()) {
      if (pod.occupiesNode() && pod.placement().gang() != null) {
        running.merge(gang(pod), 1, Integer::sum);
      }
      if (!pod.isPending() || pod.isDaemon() || !policy.serves(pod)) {
        continue;
      }
      NodeName promised = pod.placement().nominatedNode();
      if (pod.placement().invalidSpec() != null) {
        invalid.add(pod);
      } else if (promised != null && isThere(promised, workspace)) {
        nominated.put(pod.key(), promised);
      } else if (pod.spec().priority() < policy.expendableBelow()) {
        expendable.add(pod);
      } else {
        pending.add(pod);
      }
    }
    toCome.stream().filter(policy::serves).forEach(pending::add);
    pending.sort(OLDEST_FIRST);
    return new Demand(
        units(pending, gangs(workloads.podGroups()), running, workspace),
        nominated,
        expendable,
        invalid);
  }

  /** A place on a node that has gone is none. */
  private static boolean isThere(NodeName node, Workspace workspace) {
    return workspace.slots().stream()
        .anyMatch(slot -> slot.open() && slot.name().equals(node.value()));
  }

  private static Map<ObjectKey, Integer> gangs(List<PodGroup> groups) {
    Map<ObjectKey, Integer> minimum = new HashMap<>();
    groups.forEach(group -> minimum.put(group.key(), group.minMember()));
    return minimum;
  }

  private static ObjectKey gang(Pod pod) {
    String name = pod.placement().gang();
    return new ObjectKey(pod.key().namespace(), name == null ? "" : name);
  }

  private static List<Unit> units(
      List<Pod> pending,
      Map<ObjectKey, Integer> minimum,
      Map<ObjectKey, Integer> running,
      Workspace workspace) {
    Map<ObjectKey, List<Pod>> gangs = new TreeMap<>();
    Map<Integer, List<Pod>> single = new TreeMap<>();
    for (Pod pod : pending) {
      boolean inGang = pod.placement().gang() != null && minimum.containsKey(gang(pod));
      if (inGang) {
        gangs.computeIfAbsent(gang(pod), _ -> new ArrayList<>()).add(pod);
      } else {
        single.computeIfAbsent(pod.spec().priority(), _ -> new ArrayList<>()).add(pod);
      }
    }
    List<Unit> units = new ArrayList<>();
    gangs.forEach((gang, pods) -> {
      int priority = pods.stream().mapToInt(pod -> pod.spec().priority()).max().orElse(0);
      int missing = minimum.getOrDefault(gang, 0) - running.getOrDefault(gang, 0);
      units.add(new Unit(priority, gang, Math.max(0, missing), members(pods, workspace)));
    });
    single.forEach(
        (priority, pods) -> units.add(new Unit(priority, null, 0, members(pods, workspace))));
    units.sort(
        Comparator.comparingInt((Unit unit) -> -unit.priority())
            .thenComparing(unit -> unit.gang() == null));
    return units;
  }

  private static List<Member> members(List<Pod> pods, Workspace workspace) {
    Map<Integer, List<Pod>> byShape = new TreeMap<>();
    for (Pod pod : pods) {
      byShape.computeIfAbsent(workspace.shape(pod).index(), _ -> new ArrayList<>()).add(pod);
    }
    List<Member> members = new ArrayList<>();
    for (List<Pod> each : byShape.values()) {
      members.add(new Member(workspace.shape(each.getFirst()), each));
    }
    members.sort(
        Comparator.comparing((Member member) -> !member.shape().speaksOfPods())
            .thenComparing(
                member -> PriceEstimate.micros(member.shape()), Comparator.reverseOrder())
            .thenComparing(member -> member.pods().getFirst().key()));
    return members;
  }
}
