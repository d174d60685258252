package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes Pod objects, running or waiting, with every hard placement rule. */
final class RandomPods {
  private final Dice dice;
  private final Set<Topic> topics;
  private final List<String> nodes;
  private final boolean asStored;
  private final RandomResources resources;

  /**
   * Pods of one case.
   *
   * @param nodes the names of its nodes
   * @param asStored whether Windlass sees them as the API server stores them, with what admission
   *     writes into resources at pod level
   */
  RandomPods(Dice dice, Set<Topic> topics, List<String> nodes, boolean asStored) {
    this.dice = dice;
    this.topics = topics;
    this.nodes = nodes;
    this.asStored = asStored;
    this.resources = new RandomResources(dice);
  }

  /** A pod; null stands for no node. */
  Map<String, Object> pod(String name, @Nullable String node) {
    Map<String, Object> metadata =
        object(
            "name",
            name,
            "namespace",
            dice.pick("shop", "shop", "shop", "shop", "bank", "lab"),
            "labels",
            labels());
    Map<String, Object> spec = new LinkedHashMap<>();
    boolean waits = node == null;
    if (topics.contains(Topic.RESOURCES)) {
      resources.write(spec, dice.percent(40));
    } else {
      resources.writeSmall(spec);
    }
    if (topics.contains(Topic.PORTS) && (waits || dice.percent(50))) {
      addPorts(spec);
    }
    if (topics.contains(Topic.TAINTS)) {
      spec.put("tolerations", tolerations());
    }
    RandomSelectors selectors = new RandomSelectors(dice, !waits);
    addAffinity(spec, selectors, waits);
    if (topics.contains(Topic.SPREAD) && (waits || dice.percent(20))) {
      spec.put("topologySpreadConstraints", selectors.spreads());
    }
    Map<String, Object> pod =
        object("apiVersion", "v1", "kind", "Pod", "metadata", metadata, "spec", spec);
    if (node != null) {
      run(pod, metadata, spec, node);
    }
    return pod;
  }

  private void run(
      Map<String, Object> pod,
      Map<String, Object> metadata,
      Map<String, Object> spec,
      String node) {
    spec.put("nodeName", node);
    if (dice.percent(12)) {
      metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
    }
    boolean podLevel = spec.containsKey("resources");
    boolean often = asStored && podLevel;
    if (topics.contains(Topic.RESOURCES)
        && (asStored || !podLevel)
        && dice.percent(often ? 70 : 15)) {
      pod.put("status", resources.resizeStatus("main-0", podLevel));
    }
  }

  private Map<String, Object> labels() {
    Map<String, Object> labels = new LinkedHashMap<>();
    if (dice.percent(90)) {
      labels.put("app", dice.pick("web", "web", "web", "db", "cache"));
    }
    if (dice.percent(60)) {
      labels.put("tier", dice.pick("front", "back"));
    }
    if (dice.percent(80)) {
      labels.put("hash", dice.pick("h1", "h2"));
    }
    return labels;
  }

  private void addPorts(Map<String, Object> spec) {
    List<Object> ports = new ArrayList<>();
    boolean hostNetwork = dice.percent(15);
    for (int number : dice.some(dice.between(1, 2), List.of(80, 443, 9000))) {
      Map<String, Object> port = object("containerPort", number);
      if (!hostNetwork && dice.percent(85)) {
        port.put("hostPort", number);
      }
      if (dice.percent(40)) {
        port.put("hostIP", dice.pick("0.0.0.0", "10.0.0.1", "10.0.0.2"));
      }
      if (dice.percent(40)) {
        port.put("protocol", dice.pick("TCP", "UDP"));
      }
      ports.add(port);
    }
    if (hostNetwork) {
      spec.put("hostNetwork", true);
    }
    @SuppressWarnings("unchecked") // written as such by RandomResources
    List<Map<String, Object>> containers = (List<Map<String, Object>>) spec.get("containers");
    if (containers != null) {
      containers.getFirst().put("ports", ports);
    }
  }

  private List<Object> tolerations() {
    List<Object> tolerations = new ArrayList<>();
    for (int count = dice.between(0, 3); count > 0; count--) {
      tolerations.add(toleration());
    }
    return tolerations;
  }

  private Map<String, Object> toleration() {
    Map<String, Object> toleration = new LinkedHashMap<>();
    boolean exists = dice.percent(40);
    if (exists && dice.percent(15)) {
      toleration.put("operator", "Exists");
    } else {
      toleration.put("key", dice.pick("team", "gpu", "batch", "node.kubernetes.io/unschedulable"));
      if (exists) {
        toleration.put("operator", "Exists");
      } else {
        toleration.put("value", dice.pick("a", "b", "3", ""));
      }
    }
    if (dice.percent(50)) {
      toleration.put("effect", dice.pick("NoSchedule", "NoSchedule", "NoExecute"));
    }
    return toleration;
  }

  private void addAffinity(Map<String, Object> spec, RandomSelectors selectors, boolean waits) {
    Map<String, Object> affinity = new LinkedHashMap<>();
    if (topics.contains(Topic.NODE_AFFINITY)) {
      if (dice.percent(30)) {
        spec.put("nodeSelector", object("disk", dice.pick("ssd", "hdd", "")));
      }
      if (dice.percent(75)) {
        affinity.put(
            "nodeAffinity",
            object(
                "requiredDuringSchedulingIgnoredDuringExecution",
                object("nodeSelectorTerms", nodeTerms())));
      }
    }
    if (topics.contains(Topic.AFFINITY) && (waits || dice.percent(20))) {
      affinity.put("podAffinity", required(selectors.affinityTerms(2)));
    }
    if (topics.contains(Topic.ANTI_AFFINITY) && dice.percent(waits ? 60 : 40)) {
      affinity.put("podAntiAffinity", required(selectors.affinityTerms(2)));
    }
    if (!affinity.isEmpty()) {
      spec.put("affinity", affinity);
    }
  }

  private static Map<String, Object> required(List<Object> terms) {
    return object("requiredDuringSchedulingIgnoredDuringExecution", terms);
  }

  private List<Object> nodeTerms() {
    List<Object> terms = new ArrayList<>();
    for (int count = dice.between(1, 2); count > 0; count--) {
      Map<String, Object> term = new LinkedHashMap<>();
      if (dice.percent(85)) {
        term.put("matchExpressions", nodeExpressions());
      }
      if (dice.percent(20)) {
        term.put(
            "matchFields",
            List.of(
                object(
                    "key",
                    "metadata.name",
                    "operator",
                    dice.pick("In", "NotIn"),
                    "values",
                    dice.some(1, nodes))));
      }
      terms.add(term);
    }
    return terms;
  }

  private List<Object> nodeExpressions() {
    List<Object> expressions = new ArrayList<>();
    for (String key : dice.some(dice.between(1, 2), List.of("disk", "rack", "generation"))) {
      expressions.add(
          switch (dice.between(0, 4)) {
            case 0 -> object("key", key, "operator", "Exists");
            case 1 -> object("key", key, "operator", "DoesNotExist");
            case 2 ->
                object(
                    "key",
                    "generation",
                    "operator",
                    dice.pick("Gt", "Lt"),
                    "values",
                    List.of(dice.pick("2", "4", "0", "7")));
            case 3 -> object("key", key, "operator", "NotIn", "values", List.of("ssd", "r1", "3"));
            default ->
                object("key", key, "operator", "In", "values", List.of("ssd", "r2", "5", "007"));
          });
    }
    return expressions;
  }
}
