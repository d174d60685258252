package dev.windlass.core.replicas;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.HorizontalPodAutoscaler;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pods of each scaler's target, found in one pass over all pods, and the scalers that share
 * some.
 */
final class SelectedPods {
  private final Map<ObjectKey, Entry> entries = new HashMap<>();
  private final Map<ObjectKey, Entry> ofOthers = new HashMap<>();
  private final Map<String, Selectors> byNamespace = new HashMap<>();
  private final Map<ObjectKey, Conflict> conflicts = new HashMap<>();

  private SelectedPods() {}

  static SelectedPods of(ClusterSnapshot snapshot) {
    SelectedPods selected = new SelectedPods();
    ClusterSnapshot.Scaling scaling = snapshot.scaling();
    selected.findSharedTargets(scaling);
    for (ReplicaScaler scaler : scaling.scalers()) {
      selected.add(selected.entries, scaler.key(), false, scaling.targets().get(scaler.target()));
    }
    for (HorizontalPodAutoscaler other : scaling.others()) {
      selected.add(selected.ofOthers, other.key(), true, scaling.targets().get(other.target()));
    }
    if (!selected.byNamespace.isEmpty()) {
      snapshot.workloads().pods().forEach(selected::add);
    }
    return selected;
  }

  /** The pods that the scaler's target selects. */
  List<Pod> of(ObjectKey scaler) {
    Entry entry = entries.get(scaler);
    return entry == null ? List.of() : entry.pods();
  }

  /** The pods that the target of another autoscaler selects. */
  List<Pod> of(HorizontalPodAutoscaler other) {
    Entry entry = ofOthers.get(other.key());
    return entry == null ? List.of() : entry.pods();
  }

  /** With what the scaler is in conflict. */
  Conflict conflict(ObjectKey scaler) {
    return conflicts.getOrDefault(scaler, Conflict.NONE);
  }

  private void findSharedTargets(ClusterSnapshot.Scaling scaling) {
    Map<Target, HorizontalPodAutoscaler> others = new HashMap<>();
    scaling.others().forEach(each -> others.putIfAbsent(Target.of(each.target()), each));
    Map<Target, ObjectKey> first = new HashMap<>();
    for (ReplicaScaler scaler : scaling.scalers()) {
      Target target = Target.of(scaler.target());
      HorizontalPodAutoscaler other = others.get(target);
      if (other != null) {
        conflicts.put(
            scaler.key(),
            new Conflict(
                other + " scales " + scaler.target() + " too: delete one of the two", true));
      }
      ObjectKey twin = first.putIfAbsent(target, scaler.key());
      if (twin != null) {
        conflicts.putIfAbsent(scaler.key(), sameTarget(twin));
        conflicts.putIfAbsent(twin, sameTarget(scaler.key()));
      }
    }
  }

  private static Conflict sameTarget(ObjectKey other) {
    return new Conflict("scaler " + other + " has the same target", true);
  }

  private void add(
      Map<ObjectKey, Entry> to, ObjectKey owner, boolean foreign, @Nullable ScaleTarget target) {
    LabelSelector selector = target == null ? null : target.selector();
    if (selector != null && !selector.isEmpty()) {
      Entry entry = new Entry(owner, foreign, selector, new ArrayList<>());
      to.put(owner, entry);
      byNamespace.computeIfAbsent(owner.namespace(), _ -> new Selectors()).add(entry);
    }
  }

  private void add(Pod pod) {
    Selectors selectors = byNamespace.get(pod.key().namespace());
    if (selectors == null) {
      return;
    }
    List<Entry> selecting = selectors.selecting(pod.metadata().labels());
    for (Entry entry : selecting) {
      entry.pods().add(pod);
    }
    if (selecting.size() > 1) {
      noteShared(pod, selecting.stream().sorted(Comparator.comparing(Entry::name)).toList());
    }
  }

  private void noteShared(Pod pod, List<Entry> selecting) {
    for (int i = 0; i < selecting.size(); i++) {
      Entry entry = selecting.get(i);
      if (!entry.foreign()) {
        Entry other = selecting.get(i == 0 ? 1 : 0);
        conflicts.putIfAbsent(
            entry.owner(),
            new Conflict(other.name() + " selects pod " + pod.key() + " too", false));
      }
    }
  }

  /** A target without its version: two versions of one object are one object. */
  private record Target(String group, String kind, ObjectKey key) {
    static Target of(TargetRef ref) {
      int slash = ref.apiVersion().indexOf('/');
      String group = slash < 0 ? "" : ref.apiVersion().substring(0, slash);
      return new Target(group, ref.kind(), ref.key());
    }
  }

  /** The selector of a scaler, or of another autoscaler, and the pods found for it so far. */
  private record Entry(ObjectKey owner, boolean foreign, LabelSelector selector, List<Pod> pods) {
    String name() {
      return (foreign ? "HorizontalPodAutoscaler " : "scaler ") + owner;
    }
  }

  /**
   * The selectors of one namespace by one of the labels that each asks for, so that a pod meets few
   * of them.
   */
  private static final class Selectors {
    private final Map<String, Map<String, List<Entry>>> byLabel = new HashMap<>();
    private final List<Entry> others = new ArrayList<>();

    void add(Entry entry) {
      TreeMap<String, String> labels = new TreeMap<>(entry.selector().matchLabels());
      if (labels.isEmpty()) {
        others.add(entry);
      } else {
        byLabel
            .computeIfAbsent(labels.firstKey(), _ -> new HashMap<>())
            .computeIfAbsent(labels.firstEntry().getValue(), _ -> new ArrayList<>())
            .add(entry);
      }
    }

    List<Entry> selecting(Map<String, String> labels) {
      List<Entry> found = new ArrayList<>(2);
      addMatching(found, others, labels);
      byLabel.forEach((label, byValue) -> {
        String value = labels.get(label);
        if (value != null) {
          addMatching(found, byValue.getOrDefault(value, List.of()), labels);
        }
      });
      return found;
    }

    private static void addMatching(
        List<Entry> found, List<Entry> entries, Map<String, String> labels) {
      for (Entry entry : entries) {
        if (entry.selector().matches(labels)) {
          found.add(entry);
        }
      }
    }
  }
}
