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
   * @param arguments the first seed and the number of cases
   */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (long seed = first; seed < first + count; seed++) {
      out.println(write(seed));
    }
    out.flush();
  }

  /** The case of a seed as one line of JSON. */
  static String write(long seed) {
    return JSON.writeValueAsString(make(seed));
  }

  private static Map<String, Object> make(long seed) {
    Dice dice = new Dice(seed);
    Set<Topic> topics = topics(dice);
    List<String> names = new ArrayList<>();
    List<Object> nodes = new ArrayList<>();
    RandomNodes randomNodes = new RandomNodes(dice, topics);
    for (int index = dice.between(2, 6); index > 0; index--) {
      names.add("node-" + index);
      nodes.add(randomNodes.node("node-" + index));
    }
    RandomPods pods = new RandomPods(dice, topics, names);
    List<Object> running = new ArrayList<>();
    int fewest = topics.contains(Topic.SPREAD) ? 5 : 0;
    for (int index = dice.between(fewest, fewest + 10); index > 0; index--) {
      running.add(pods.pod("running-" + index, dice.some(1, names).getFirst()));
    }
    return object(
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
  }

  /** Spread counts nodes by affinity and taints, so it often comes together with these. */
  private static Set<Topic> topics(Dice dice) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    if (dice.percent(35)) {
      topics.add(Topic.SPREAD);
      topics.addAll(dice.some(dice.between(0, 2), List.of(Topic.NODE_AFFINITY, Topic.TAINTS)));
    } else {
      topics.addAll(dice.some(dice.between(1, 3), List.of(Topic.values())));
    }
    return topics;
  }

  private static Map<String, Object> namespace(String name, Map<String, Object> labels) {
    labels.put("kubernetes.io/metadata.name", name);
    return object("metadata", object("name", name, "labels", labels));
  }
}
