package dev.windlass.core.replicas;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pods of each scaler's target, found in one pass over all pods, and the scalers that share
 * some.
 */
final class SelectedPods {
  private final Map<ObjectKey, Entry> entries = new HashMap<>();
  private final Map<String, Selectors> byNamespace = new HashMap<>();
  private final Map<ObjectKey, String> shared = new HashMap<>();

  private SelectedPods() {}

  static SelectedPods of(ClusterSnapshot snapshot) {
    SelectedPods selected = new SelectedPods();
    selected.findSharedTargets(snapshot.scaling().scalers());
    for (ReplicaScaler scaler : snapshot.scaling().scalers()) {
      ScaleTarget target = snapshot.scaling().targets().get(scaler.target());
      LabelSelector selector = target == null ? null : target.selector();
      if (selector != null && !selector.isEmpty()) {
        selected.add(new Entry(scaler.key(), selector, new ArrayList<>()));
      }
    }
    if (!selected.entries.isEmpty()) {
      snapshot.workloads().pods().forEach(selected::add);
    }
    return selected;
  }

  /** The pods that the scaler's target selects. */
  List<Pod> of(ObjectKey scaler) {
    Entry entry = entries.get(scaler);
    return entry == null ? List.of() : entry.pods();
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

  private void add(Entry entry) {
    entries.put(entry.scaler(), entry);
    byNamespace.computeIfAbsent(entry.scaler().namespace(), _ -> new Selectors()).add(entry);
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
      noteShared(pod, selecting.stream().map(Entry::scaler).sorted().toList());
    }
  }

  private void noteShared(Pod pod, List<ObjectKey> scalers) {
    for (ObjectKey scaler : scalers) {
      ObjectKey other = scalers.getFirst().equals(scaler) ? scalers.get(1) : scalers.getFirst();
      shared.putIfAbsent(scaler, "scaler " + other + " selects pod " + pod.key() + " too");
    }
  }

  /** A scaler's selector and the pods found for it so far. */
  private record Entry(ObjectKey scaler, LabelSelector selector, List<Pod> pods) {}

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
