package dev.windlass.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Container;
import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.testing.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkspaceReferenceTest {
  private static final int PODS = 24;
  private static final int NODES = 7;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithTheLiteralReadingOnEveryPodAndNode(long seed) {
    Random random = new Random(seed);
    List<Pod> pods = new ArrayList<>();
    for (int index = 0; index < PODS; index++) {
      pods.add(pod(random, index));
    }
    Workspace workspace =
        WorkspaceBuilder.of(
            new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), Map.of()),
            List.of());
    List<LiteralScheduler.Host> hosts = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    for (int index = 0; index < NODES; index++) {
      NodeFacts facts = node(random, index);
      Resources size =
          Resources.of(
              Map.of(
                  Resources.CPU,
                  2_000L + random.nextInt(4) * 1_000L,
                  Resources.MEMORY,
                  8L << 30,
                  Resources.PODS,
                  2L + random.nextInt(6)));
      boolean toCome = seed % 2 == 0 && random.nextInt(3) == 0;
      hosts.add(new LiteralScheduler.Host(facts, size, new ArrayList<>(), toCome));
      slots.add(toCome ? workspace.openNew(facts, size) : workspace.open(facts, size, true));
    }
    LiteralScheduler literal = new LiteralScheduler(hosts, Map.of());
    for (Pod pod : pods) {
      List<Integer> fitting = new ArrayList<>();
      for (int index = 0; index < NODES; index++) {
        boolean expected = literal.fits(pod, hosts.get(index));
        int room = workspace.room(workspace.shape(pod), slots.get(index), 1);
        assertThat(room > 0)
            .as("seed %s: %s on node %s", seed, pod.key(), index)
            .isEqualTo(expected);
        assertThat(workspace.refusal(workspace.shape(pod), slots.get(index)).isEmpty())
            .as("seed %s: reason for %s on node %s", seed, pod.key(), index)
            .isEqualTo(expected);
        if (expected) {
          fitting.add(index);
        }
      }
      if (!fitting.isEmpty()) {
        int chosen = fitting.get(random.nextInt(fitting.size()));
        tryAndRevert(workspace, pods, slots, random);
        assertThat(workspace.place(workspace.shape(pod), slots.get(chosen), 1)).isEqualTo(1);
        hosts.get(chosen).pods().add(pod);
      }
    }
  }

  /** Whatever is put somewhere and taken back must leave no trace. */
  private static void tryAndRevert(
      Workspace workspace, List<Pod> pods, List<Slot> slots, Random random) {
    int mark = workspace.mark();
    for (int attempt = 0; attempt < 3; attempt++) {
      Pod pod = pods.get(random.nextInt(pods.size()));
      workspace.place(
          workspace.shape(pod), slots.get(random.nextInt(slots.size())), 1 + random.nextInt(3));
    }
    workspace.revert(mark);
  }

  private static NodeFacts node(Random random, int index) {
    Map<String, String> labels = new HashMap<>();
    labels.put(Keys.HOSTNAME, "n" + index);
    if (random.nextInt(8) > 0) {
      labels.put(Keys.ZONE, "zone-" + random.nextInt(3));
    }
    labels.put("disk", random.nextBoolean() ? "ssd" : "hdd");
    List<Taint> taints = random.nextInt(5) == 0 ? List.of(Taint.noSchedule("team")) : List.of();
    return new NodeFacts("n" + index, labels, taints, random.nextInt(12) == 0);
  }

  private static Pod pod(Random random, int index) {
    String app = List.of("a", "b", "c").get(random.nextInt(3));
    PodSpec spec =
        new PodSpec(
            List.of(
                new Container(
                    "main",
                    Resources.of(
                        Map.of(
                            Resources.CPU,
                            random.nextInt(4) * 500L,
                            Resources.MEMORY,
                            (long) random.nextInt(3) << 30)),
                    ports(random),
                    false)),
            List.of(),
            Resources.NONE,
            null,
            rules(random, app),
            0,
            0);
    Pod plain = Pods.pod("p" + index).labels(Map.of("app", app)).build();
    return new Pod(
        plain.key(), plain.metadata(), spec, plain.status(), plain.placement(), plain.lifecycle());
  }

  private static List<HostPort> ports(Random random) {
    if (random.nextInt(5) > 0) {
      return List.of();
    }
    String ip = random.nextBoolean() ? HostPort.ANY_ADDRESS : "10.0.0.1";
    return List.of(new HostPort(ip, random.nextInt(4) == 0 ? "UDP" : "TCP", 80));
  }

  private static PodPlacementRules rules(Random random, String app) {
    String other = List.of("a", "b", "c").get(random.nextInt(3));
    return new PodPlacementRules(
        random.nextInt(4) == 0 ? Map.of("disk", "ssd") : Map.of(),
        null,
        random.nextInt(3) == 0 ? List.of(Toleration.exists("team")) : List.of(),
        random.nextInt(6) == 0 ? List.of(term(random, other)) : List.of(),
        random.nextInt(5) == 0 ? List.of(term(random, app)) : List.of(),
        random.nextInt(4) == 0 ? List.of(spread(random, app)) : List.of());
  }

  private static String topology(Random random) {
    return random.nextBoolean() ? Keys.ZONE : Keys.HOSTNAME;
  }

  private static PodAffinityTerm term(Random random, String app) {
    return new PodAffinityTerm(topology(random), selector(app), Set.of("default"), null);
  }

  private static TopologySpread spread(Random random, String app) {
    return new TopologySpread(
        1 + random.nextInt(2),
        topology(random),
        random.nextInt(8) == 0 ? LabelSelector.EVERYTHING : selector(app),
        1 + random.nextInt(3),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static LabelSelector selector(String app) {
    return new LabelSelector(Map.of("app", app), List.of());
  }
}
