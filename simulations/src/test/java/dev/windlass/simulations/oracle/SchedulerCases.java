package dev.windlass.simulations.oracle;

import static dev.windlass.simulations.oracle.Dice.object;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Makes cases for kube-scheduler to judge: a cluster and one pod that waits, from a seed. */
final class SchedulerCases {
  static final List<String> NAMESPACES = List.of("shop", "bank", "lab");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SchedulerCases() {}

  /**
   * Prints one case per line.
   *
   * @param arguments the subject, the first seed and the number of cases
   */
  public static void main(String[] arguments) {
    Subject subject = Subject.valueOf(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (long seed = first; seed < first + count; seed++) {
      out.println(write(subject, seed));
    }
    out.flush();
  }

  /** The case of a seed as one line of JSON. */
  static String write(Subject subject, long seed) {
    return JSON.writeValueAsString(make(subject, seed));
  }

  /** Whether the recording has the case's pods as the API server stores them. */
  static boolean isAsStored(long seed) {
    return seed % 4 == 0;
  }

  private static Map<String, Object> make(Subject subject, long seed) {
    Dice dice = new Dice(seed);
    Set<Topic> topics = topics(subject, dice);
    List<String> names = new ArrayList<>();
    List<Object> nodes = new ArrayList<>();
    RandomNodes randomNodes = new RandomNodes(dice, topics);
    for (int index = dice.between(2, 6); index > 0; index--) {
      names.add("node-" + index);
      nodes.add(randomNodes.node("node-" + index));
    }
    RandomPods pods = new RandomPods(dice, topics, names, isAsStored(seed));
    List<Map<String, Object>> running = new ArrayList<>();
    int fewest = topics.contains(Topic.SPREAD) ? 5 : 0;
    for (int index = dice.between(fewest, fewest + 10); index > 0; index--) {
      running.add(pods.pod("running-" + index, dice.some(1, names).getFirst()));
    }
    Map<String, Object> cluster =
        object(
            "seed",
            seed,
            "namespaces",
            List.of(
                namespace("shop", object("team", "a")),
                namespace("bank", object("team", "b")),
                namespace("lab", object())),
            "nodes",
            nodes,
            "running",
            running,
            "pending",
            pods.pod("pending", null));
    SubjectMatter.of(subject, dice, names, pods).addTo(cluster, running);
    return cluster;
  }

  /** Spread counts nodes by affinity and taints, so it often comes together with these. */
  private static Set<Topic> topics(Subject subject, Dice dice) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    switch (subject) {
      case PODS -> {
        if (dice.percent(35)) {
          topics.add(Topic.SPREAD);
          topics.addAll(dice.some(dice.between(0, 2), List.of(Topic.NODE_AFFINITY, Topic.TAINTS)));
        } else {
          topics.addAll(dice.some(dice.between(1, 3), List.of(Topic.values())));
        }
      }
      case VOLUMES, DEVICES, EXTENDED -> {
        if (dice.percent(35)) {
          topics.addAll(dice.some(1, List.of(Topic.values())));
        }
      }
      case QUEUE -> {
        topics.add(dice.percent(60) ? Topic.RESOURCES : Topic.PORTS);
        topics.addAll(dice.some(dice.between(0, 2), List.of(Topic.values())));
      }
    }
    return topics;
  }

  private static Map<String, Object> namespace(String name, Map<String, Object> labels) {
    labels.put("kubernetes.io/metadata.name", name);
    labels.put("resource.kubernetes.io/admin-access", "true");
    return object(
        "apiVersion",
        "v1",
        "kind",
        "Namespace",
        "metadata",
        object("name", name, "labels", labels));
  }
}
