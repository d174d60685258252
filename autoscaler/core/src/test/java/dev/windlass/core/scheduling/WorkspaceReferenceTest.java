package dev.windlass.core.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
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
      pods.add(RandomClusters.pod(random, index));
    }
    Workspace workspace =
        WorkspaceBuilder.of(
            new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), Map.of()),
            List.of());
    List<LiteralScheduler.Host> hosts = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    for (int index = 0; index < NODES; index++) {
      NodeFacts facts = RandomClusters.node(random, index);
      Resources size = RandomClusters.size(random);
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

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void fillsWhereTheLiteralReadingAllowsAndStopsOnlyWhereItAllowsNoMore(long seed) {
    Random random = new Random(seed);
    List<Pod> pods = new ArrayList<>();
    for (int index = 0; index < PODS; index++) {
      pods.add(RandomClusters.pod(random, index));
    }
    Workspace workspace =
        WorkspaceBuilder.of(
            new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), Map.of()),
            List.of());
    Map<Slot, LiteralScheduler.Host> hosts = new LinkedHashMap<>();
    for (int index = 0; index < NODES; index++) {
      NodeFacts facts = RandomClusters.node(random, index);
      Resources size = RandomClusters.size(random);
      hosts.put(
          workspace.open(facts, size, true),
          new LiteralScheduler.Host(facts, size, new ArrayList<>(), false));
    }
    LiteralScheduler literal = new LiteralScheduler(List.copyOf(hosts.values()), Map.of());
    for (Pod pod : pods) {
      tryAndRevert(workspace, pods, List.copyOf(hosts.keySet()), random);
      int wanted = 1 + random.nextInt(4);
      int placed =
          workspace.fill(
              workspace.shape(pod),
              wanted,
              (slot, count) -> {
                LiteralScheduler.Host host = Objects.requireNonNull(hosts.get(slot));
                for (int each = 0; each < count; each++) {
                  assertThat(literal.fits(pod, host)).as("seed %s: %s", seed, pod.key()).isTrue();
                  host.pods().add(pod);
                }
              });
      assertThat(placed == wanted || hosts.values().stream().noneMatch(h -> literal.fits(pod, h)))
          .as("seed %s: %s of %s placed of %s", seed, placed, wanted, pod.key())
          .isTrue();
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
}
