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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private record Label(String namespace, String key, String value) {}

  /** Selectors by one of the labels that they ask for, so that a pod meets few of them. */
  private static final class Index {
    private final Map<Label, List<Entry>> byLabel = new HashMap<>();
    private final Map<String, List<Entry>> byNamespace = new HashMap<>();
    private final Set<String> namespaces = new HashSet<>();

    boolean isEmpty() {
      return namespaces.isEmpty();
    }

    void add(Entry entry) {
      String namespace = entry.scaler().namespace();
      namespaces.add(namespace);
      TreeMap<String, String> labels = new TreeMap<>(entry.selector().matchLabels());
      if (labels.isEmpty()) {
        byNamespace.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(entry);
      } else {
        Map.Entry<String, String> label = labels.firstEntry();
        byLabel
            .computeIfAbsent(
                new Label(namespace, label.getKey(), label.getValue()), _ -> new ArrayList<>())
            .add(entry);
      }
    }

    /** In the order of the scalers' names. */
    List<Entry> selecting(Pod pod) {
      String namespace = pod.key().namespace();
      if (!namespaces.contains(namespace)) {
        return List.of();
      }
      Map<String, String> labels = pod.metadata().labels();
      List<Entry> found = new ArrayList<>();
      addMatching(found, byNamespace.getOrDefault(namespace, List.of()), labels);
      labels.forEach((key, value) ->
          addMatching(
              found, byLabel.getOrDefault(new Label(namespace, key, value), List.of()), labels));
      found.sort(Comparator.comparing(Entry::scaler));
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
