package dev.windlass.core.replicas;

import dev.windlass.core.model.ClusterSnapshot;
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

/**
 * The pods of each scaler's target, found in one pass over all pods, and the scalers that share
 * some.
 */
final class SelectedPods {
  private final Map<ObjectKey, List<Pod>> pods = new HashMap<>();
  private final Map<ObjectKey, String> shared = new HashMap<>();

  private SelectedPods() {}

  static SelectedPods of(ClusterSnapshot snapshot) {
    SelectedPods selected = new SelectedPods();
    selected.findSharedTargets(snapshot.scaling().scalers());
    Index index = new Index();
    for (ReplicaScaler scaler : snapshot.scaling().scalers()) {
      ScaleTarget target = snapshot.scaling().targets().get(scaler.target());
      LabelSelector selector = target == null ? null : target.selector();
      if (selector != null && !selector.isEmpty()) {
        index.add(new Entry(scaler.key(), selector));
      }
    }
    if (!index.isEmpty()) {
      snapshot.workloads().pods().forEach(pod -> selected.add(pod, index.selecting(pod)));
    }
    return selected;
  }

  /** The pods that the scaler's target selects. */
  List<Pod> of(ObjectKey scaler) {
    return pods.getOrDefault(scaler, List.of());
  }

  /** With what the scaler is in conflict, as one sentence; empty when with nothing. */
  String conflict(ObjectKey scaler) {
    return shared.getOrDefault(scaler, "");
  }

  private void findSharedTargets(List<ReplicaScaler> scalers) {
    Map<TargetRef, ObjectKey> first = new HashMap<>();
    for (ReplicaScaler scaler : scalers) {
      ObjectKey other = first.putIfAbsent(scaler.target(), scaler.key());
      if (other != null) {
        shared.put(scaler.key(), "scaler " + other + " has the same target");
        shared.putIfAbsent(other, "scaler " + scaler.key() + " has the same target");
      }
    }
  }

  private void add(Pod pod, List<Entry> selecting) {
    for (Entry entry : selecting) {
      pods.computeIfAbsent(entry.scaler(), _ -> new ArrayList<>()).add(pod);
    }
    if (selecting.size() > 1) {
      ObjectKey first = selecting.getFirst().scaler();
      ObjectKey second = selecting.get(1).scaler();
      for (Entry entry : selecting) {
        ObjectKey other = entry.scaler().equals(first) ? second : first;
        shared.putIfAbsent(
            entry.scaler(), "scaler " + other + " selects pod " + pod.key() + " too");
      }
    }
  }

  private record Entry(ObjectKey scaler, LabelSelector selector) {}

  /** The selectors of all namespaces, so that a pod meets few of them. */
  private static final class Index {
    private final Map<String, OfNamespace> byNamespace = new HashMap<>();

    boolean isEmpty() {
      return byNamespace.isEmpty();
    }

    void add(Entry entry) {
      byNamespace.computeIfAbsent(entry.scaler().namespace(), _ -> new OfNamespace()).add(entry);
    }

    /** In the order of the scalers' names. */
    List<Entry> selecting(Pod pod) {
      OfNamespace selectors = byNamespace.get(pod.key().namespace());
      return selectors == null ? List.of() : selectors.selecting(pod.metadata().labels());
    }
  }

  /** The selectors of one namespace by one of the labels that each asks for. */
  private static final class OfNamespace {
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
      List<Entry> found = new ArrayList<>(1);
      addMatching(found, others, labels);
      for (Map.Entry<String, Map<String, List<Entry>>> label : byLabel.entrySet()) {
        String value = labels.get(label.getKey());
        List<Entry> entries = value == null ? null : label.getValue().get(value);
        if (entries != null) {
          addMatching(found, entries, labels);
        }
      }
      if (found.size() > 1) {
        found.sort(Comparator.comparing(Entry::scaler));
      }
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
