package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.core.scaleup.UnhelpedRule.Outcome;
import dev.windlass.daemon.dashboard.PendingGroup.Because;
import dev.windlass.daemon.dashboard.PendingGroup.Kind;
import dev.windlass.daemon.dashboard.PendingGroup.Owner;
import dev.windlass.engine.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins a tick's pending pods into groups, most urgent first, then largest. */
final class PendingGroups {
  private static final String TEMPLATE_HASH = "pod-template-hash";

  private final Tick tick;
  private final Map<ObjectKey, Pod> pods = new HashMap<>();
  private final IdentityHashMap<PodSpec, String> requests = new IdentityHashMap<>();
  private final Map<Kind, List<ObjectKey>> members = new LinkedHashMap<>();
  private final Map<Kind, Because> reasons = new HashMap<>();

  private PendingGroups(Tick tick) {
    this.tick = tick;
    for (Pod pod : tick.snapshot().workloads().pods()) {
      if (pod.isPending()) {
        pods.put(pod.key(), pod);
      }
    }
  }

  static List<PendingGroup> of(Tick tick) {
    PendingGroups groups = new PendingGroups(tick);
    tick.decision().plans().scaleUp().unhelped().forEach(groups::add);
    tick.decision().plans().scaleUp().placements().forEach(groups::add);
    return groups.sorted();
  }

  /** What a pod that stays pending waits for: a person, unless one answer ends by itself. */
  static Outcome outcome(Unhelped unhelped) {
    return unhelped.reasons().stream()
            .anyMatch(reason -> reason.rule().outcome() == Outcome.WAITING)
        ? Outcome.WAITING
        : Outcome.NEEDS_YOU;
  }

  private void add(Unhelped unhelped) {
    Outcome outcome = outcome(unhelped);
    Unhelped.Reason reason = Nearness.nearest(unhelped.reasons(), outcome);
    Kind kind = kind(unhelped.pod(), outcome, reason == null ? "NoNodeGroup" : title(reason));
    members.computeIfAbsent(kind, _ -> new ArrayList<>()).add(unhelped.pod());
    reasons.computeIfAbsent(kind, _ -> because(reason));
  }

  private static String title(Unhelped.Reason reason) {
    return reason.rule().title();
  }

  private Because because(Unhelped.@Nullable Reason reason) {
    if (reason == null) {
      return new Because("There is no node group.", null, null);
    }
    NodeGroupName group = reason.nodeGroup();
    if (group == null) {
      return new Because(reason.message(), null, null);
    }
    Backoff backoff = tick.decision().next().longestBackoff(group).orElse(null);
    Instant nextTry =
        backoff != null && reason.rule() == UnhelpedRule.BACKOFF ? backoff.until() : null;
    return new Because(group + ": " + reason.message(), nextTry, group.value());
  }

  private void add(PodPlacement placement) {
    switch (placement) {
      case PodPlacement.OnNode on ->
          add(placement.pod(), "FitsNow", "Fits on a node that exists, " + on.node() + " first.");
      case PodPlacement.OnNewNode coming ->
          add(
              placement.pod(),
              "NodesOrdered",
              "A node of " + coming.nodeGroup() + " is on its way for it.");
    }
  }

  private void add(ObjectKey pod, String rule, String message) {
    Kind kind = kind(pod, Outcome.NODE_COMING, rule);
    members.computeIfAbsent(kind, _ -> new ArrayList<>()).add(pod);
    reasons.putIfAbsent(kind, new Because(message, null, null));
  }

  private Kind kind(ObjectKey key, Outcome outcome, String rule) {
    Pod pod = pods.get(key);
    if (pod == null) {
      String scaler = key.toString().replaceFirst("/\\+\\d+$", "");
      return new Kind(new Owner("Replicas to come", scaler), "", outcome, rule);
    }
    String asks = requests.computeIfAbsent(pod.spec(), Amounts::requests);
    return new Kind(owner(pod), asks, outcome, rule);
  }

  /** The owner that people know: the Deployment behind a ReplicaSet, the gang, else the pod. */
  static Owner owner(Pod pod) {
    String namespace = pod.key().namespace() + "/";
    String gang = pod.placement().gang();
    if (gang != null) {
      return new Owner("PodGroup", namespace + gang);
    }
    OwnerReference owner = pod.metadata().controller();
    if (owner == null) {
      return new Owner("Pod", pod.key().toString());
    }
    String hash = pod.metadata().labels().get(TEMPLATE_HASH);
    if (hash != null && owner.name().endsWith("-" + hash)) {
      String name = owner.name().substring(0, owner.name().length() - hash.length() - 1);
      return new Owner("Deployment", namespace + name);
    }
    return new Owner(owner.kind(), namespace + owner.name());
  }

  private List<PendingGroup> sorted() {
    List<PendingGroup> groups = new ArrayList<>();
    members.forEach((kind, names) -> groups.add(group(kind, names)));
    groups.sort(
        Comparator.comparing((PendingGroup group) -> group.kind().outcome())
            .thenComparingInt(group -> -group.pods().size())
            .thenComparing(group -> group.kind().toString()));
    return groups;
  }

  private PendingGroup group(Kind kind, List<ObjectKey> names) {
    List<ObjectKey> oldestFirst = new ArrayList<>(names);
    oldestFirst.sort(
        Comparator.comparing(this::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Comparator.naturalOrder()));
    Because because = reasons.getOrDefault(kind, new Because("", null, null));
    return new PendingGroup(kind, because, oldestFirst, createdAt(oldestFirst.getFirst()));
  }

  private @Nullable Instant createdAt(ObjectKey key) {
    Pod pod = pods.get(key);
    return pod == null ? null : pod.metadata().createdAt();
  }
}
