package dev.windlass.core.scheduling;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.testing.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes with running pods, and the question which nodes a pod may go to. A node is written {@code
 * "n1 zone=a rack=1 !team"}: its name, its labels, and after an exclamation mark a taint.
 */
final class Ground {
  private final Map<String, NodeFacts> nodes = new LinkedHashMap<>();
  private final Map<String, Resources> sizes = new HashMap<>();
  private final Map<String, List<Pod>> running = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> namespaces = new TreeMap<>();

  private Ground() {}

  static Ground of(String... written) {
    Ground ground = new Ground();
    for (String each : written) {
      ground.node(each);
    }
    return ground;
  }

  private void node(String written) {
    String[] words = written.split(" ", -1);
    Map<String, String> labels = new HashMap<>();
    labels.put(Keys.HOSTNAME, words[0]);
    List<Taint> taints = new ArrayList<>();
    for (int word = 1; word < words.length; word++) {
      int equals = words[word].indexOf('=');
      if (words[word].startsWith("!")) {
        taints.add(Taint.noSchedule(words[word].substring(1)));
      } else {
        labels.put(words[word].substring(0, equals), words[word].substring(equals + 1));
      }
    }
    nodes.put(words[0], new NodeFacts(words[0], labels, taints, false));
  }

  /** What a node has in all; four cores and ten pods unless said. */
  Ground size(String node, Map<String, Long> amounts) {
    sizes.put(node, Resources.of(amounts));
    return this;
  }

  Ground running(String node, Pods... pods) {
    for (Pods pod : pods) {
      running.computeIfAbsent(node, _ -> new ArrayList<>()).add(pod.on(node).build());
    }
    return this;
  }

  Ground namespace(String name, Map<String, String> labels) {
    namespaces.put(name, labels);
    return this;
  }

  /** The names of the nodes that the pod may go to; the refusal agrees on each. */
  String allowed(Pods pending) {
    Pod pod = pending.build();
    List<Pod> all = new ArrayList<>(List.of(pod));
    running.values().forEach(all::addAll);
    Workspace workspace =
        WorkspaceBuilder.of(
            new ClusterSnapshot.Workloads(all, List.of(), List.of(), List.of(), namespaces),
            List.of());
    Resources usual = Resources.of(Map.of(Resources.CPU, 4_000L, Resources.PODS, 10L));
    Map<String, Slot> slots = new LinkedHashMap<>();
    nodes.forEach((name, facts) ->
        slots.put(name, workspace.open(facts, sizes.getOrDefault(name, usual), true)));
    running.forEach((node, pods) -> {
      Slot slot = slots.get(node);
      if (slot != null) {
        pods.forEach(each -> workspace.run(each, slot));
      }
    });
    TreeSet<String> allowed = new TreeSet<>();
    PodShape shape = workspace.shape(pod);
    slots.forEach((name, slot) -> {
      boolean fits = workspace.room(shape, slot, 1) > 0;
      if (fits != workspace.refusal(shape, slot).isEmpty()) {
        throw new AssertionError("room and refusal disagree on " + name);
      }
      if (fits) {
        allowed.add(name);
      }
    });
    return String.join(" ", allowed);
  }
}
