package dev.windlass.core.scaleup;

import dev.windlass.core.model.GoDuration;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodGroup;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.ShapedPod;
import java.time.Duration;
import java.time.Instant;
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
 * @param delayed pods that ask that no node be bought for them yet
 */
record Demand(
    List<Unit> units,
    Map<ObjectKey, NodeName> nominated,
    List<Pod> expendable,
    List<Pod> invalid,
    List<Pod> delayed) {
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
    private final long size;
    private final boolean speaksOfPods;

    Member(PodShape shape, List<Pod> pods) {
      this.shape = shape;
      size = PriceEstimate.micros(shape);
      speaksOfPods = shape.speaksOfPods();
      this.pods = List.copyOf(pods);
    }

    PodShape shape() {
      return shape;
    }

    List<Pod> pods() {
      return pods;
    }

    /** A measure of one pod's size; see {@link PriceEstimate}. */
    long size() {
      return size;
    }

    /** Pods that speak of others come first, then the larger ones. */
    private static int largestFirst(Member one, Member other) {
      if (one.speaksOfPods != other.speaksOfPods) {
        return one.speaksOfPods ? -1 : 1;
      }
      int bySize = Long.compare(other.size, one.size);
      return bySize != 0
          ? bySize
          : one.pods.getFirst().key().compareTo(other.pods.getFirst().key());
    }
  }

  /**
   * Sorts a cluster's pending pods, those that are about to exist included. Pods of a scheduler
   * that is not served are somebody else's.
   */
  static Demand of(ClusterMap map, List<Pod> toCome, Policy all, Instant now) {
    Policy.ScaleUp policy = all.scaleUp();
    Map<ObjectKey, Integer> running = new HashMap<>();
    Map<ObjectKey, NodeName> nominated = new TreeMap<>();
    List<Pod> expendable = new ArrayList<>();
    List<Pod> invalid = new ArrayList<>();
    List<Pod> delayed = new ArrayList<>();
    List<ShapedPod> pending = new ArrayList<>();
    for (ShapedPod each : map.unsettled()) {
      Pod pod = each.pod();
      if (pod.occupiesNode() && pod.placement().gang() != null) {
        running.merge(gang(pod), 1, Integer::sum);
      }
      if (!pod.isPending() || pod.isDaemon() || !policy.serves(pod)) {
        continue;
      }
      NodeName promised = pod.placement().nominatedNode();
      if (pod.placement().invalidSpec() != null) {
        invalid.add(pod);
      } else if (promised != null && isThere(promised, map)) {
        nominated.put(pod.key(), promised);
        if (pod.placement().gang() != null) {
          running.merge(gang(pod), 1, Integer::sum);
        }
      } else if (pod.spec().priority() < policy.expendableBelow()) {
        expendable.add(pod);
      } else if (!all.assumeElapsed() && now.isBefore(patientUntil(pod))) {
        delayed.add(pod);
      } else {
        pending.add(each);
      }
    }
    for (Pod pod : toCome) {
      if (policy.serves(pod) && (all.assumeElapsed() || !now.isBefore(patientUntil(pod)))) {
        pending.add(new ShapedPod(pod, map.workspace().shape(pod)));
      }
    }
    return new Demand(
        units(pending, gangs(map.snapshot().workloads().podGroups()), running),
        nominated,
        expendable,
        invalid,
        delayed);
  }

  /** Until when no node is bought for a pod, by Cluster Autoscaler's annotation. */
  static Instant patientUntil(Pod pod) {
    String asked = pod.metadata().annotations().get(Keys.POD_SCALE_UP_DELAY);
    return pod.metadata().createdAt().plus(GoDuration.read(asked).orElse(Duration.ZERO));
  }

  /** A place on a node that has gone is none. */
  private static boolean isThere(NodeName node, ClusterMap map) {
    ClusterMap.Site site = map.sites().get(node);
    return site != null && site.slot().open();
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
      List<ShapedPod> pending, Map<ObjectKey, Integer> minimum, Map<ObjectKey, Integer> running) {
    Map<ObjectKey, List<ShapedPod>> gangs = new TreeMap<>();
    Map<Integer, List<ShapedPod>> single = new TreeMap<>();
    for (ShapedPod waiting : pending) {
      Pod pod = waiting.pod();
      boolean inGang = pod.placement().gang() != null && minimum.containsKey(gang(pod));
      if (inGang) {
        gangs.computeIfAbsent(gang(pod), _ -> new ArrayList<>()).add(waiting);
      } else {
        single.computeIfAbsent(pod.spec().priority(), _ -> new ArrayList<>()).add(waiting);
      }
    }
    List<Unit> units = new ArrayList<>();
    gangs.forEach((gang, pods) -> {
      int priority = pods.stream().mapToInt(each -> each.pod().spec().priority()).max().orElse(0);
      int missing = minimum.getOrDefault(gang, 0) - running.getOrDefault(gang, 0);
      units.add(new Unit(priority, gang, Math.max(0, missing), members(pods)));
    });
    single.forEach((priority, pods) -> units.add(new Unit(priority, null, 0, members(pods))));
    units.sort(
        Comparator.comparingInt((Unit unit) -> -unit.priority())
            .thenComparing(unit -> unit.gang() == null));
    return units;
  }

  private static List<Member> members(List<ShapedPod> all) {
    List<ShapedPod> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingInt(each -> each.shape().index()));
    List<Member> members = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      PodShape shape = sorted.get(from).shape();
      List<Pod> pods = new ArrayList<>(1);
      for (; from < sorted.size() && sorted.get(from).shape().equals(shape); from++) {
        pods.add(sorted.get(from).pod());
      }
      pods.sort(OLDEST_FIRST);
      members.add(new Member(shape, pods));
    }
    members.sort(Member::largestFirst);
    return members;
  }
}
