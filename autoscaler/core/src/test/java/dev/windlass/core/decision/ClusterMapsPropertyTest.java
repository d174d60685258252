package dev.windlass.core.decision;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.scheduling.ClusterMaps;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Nodes;
import dev.windlass.core.testing.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Decisions that follow each other are the same with and without the maps of those before: over
 * ticks in which nothing changes but the time, and ticks in which something does.
 */
class ClusterMapsPropertyTest {
  private static final int TICKS = 12;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 80);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void decidesTheSameWithAndWithoutThem(long seed) {
    Random random = new Random(seed);
    World world = new World(random);
    ClusterMaps maps = new ClusterMaps();
    AutoscalerState state = AutoscalerState.EMPTY;
    for (int tick = 0; tick < TICKS; tick++) {
      ClusterSnapshot snapshot = world.snapshot();
      Decision fresh = Decider.decide(snapshot, state, Policy.DEFAULT, world.now);

      Decision followed = Decider.decide(snapshot, state, Policy.DEFAULT, world.now, maps);

      assertThat(followed).as("seed %s, tick %s", seed, tick).isEqualTo(fresh);
      state = fresh.next();
      world.goOn();
    }
  }

  /** Objects by the order of their arrival; most ticks change none or one of them. */
  private static final class World {
    private final Random random;
    private final List<Supplier<Pods>> pods = new ArrayList<>();
    private final List<Supplier<Nodes>> nodes = new ArrayList<>();
    private final boolean rules;
    private Instant now = NOON;
    private boolean failing;
    private int named;
    private int target;

    World(Random random) {
      this.random = random;
      rules = random.nextBoolean();
      int size = random.nextInt(5);
      target = size + random.nextInt(2);
      for (int each = 0; each < size; each++) {
        addNode();
      }
      for (int each = 0; each < 20; each++) {
        addPod();
      }
    }

    ClusterSnapshot snapshot() {
      Cluster cluster =
          cluster()
              .with(
                  group("a")
                      .size(0, 9, target)
                      .offers("s", 2_000, 8_192, 0, 0.1)
                      .offers("m", "z2", 4_000, 16_384, 0, 0.19))
              .daemon("agent", pod("agent").cpu(100))
              .gang("gang", 2)
              .budget("budget", Map.of("app", "web"), 1)
              .observed(Source.KUBERNETES, now)
              .observed(Source.CLOUD, now);
      for (Supplier<Nodes> each : nodes) {
        cluster.node("a", "s", each.get());
      }
      if (target > nodes.size()) {
        cluster.instance("a", "s", "i-ordered", Instance.State.CREATING);
      }
      if (failing) {
        cluster.failure("a", CloudFailure.Cause.CAPACITY, now);
      }
      pods.forEach(each -> cluster.with(each.get()));
      return cluster.snapshot();
    }

    void goOn() {
      failing = random.nextInt(8) == 0;
      now = now.plusSeconds(List.of(10, 10, 60, 700).get(random.nextInt(4)));
      switch (random.nextInt(11)) {
        case 0 -> addPod();
        case 1 -> pods.remove(random.nextInt(pods.size()));
        case 2 -> addNode();
        case 3 -> target = Math.min(9, Math.max(nodes.size(), target + random.nextInt(3) - 1));
        case 4 -> changeNode();
        case 5 -> readNodeAnew();
        case 6 -> readPodAnew();
        default -> {
          // Nothing has changed.
        }
      }
    }

    private void addNode() {
      String name = "n" + named++;
      boolean young = random.nextInt(3) == 0;
      Instant since = now;
      nodes.add(() -> young ? plain(name).created(since).unready(since) : plain(name));
      target = Math.max(target, nodes.size());
    }

    private static Nodes plain(String name) {
      return node(name).cpu(2_000).label(Keys.ZONE, "zone-a");
    }

    private void changeNode() {
      if (!nodes.isEmpty()) {
        int index = random.nextInt(nodes.size());
        Supplier<Nodes> before = nodes.get(index);
        boolean cordoned = random.nextBoolean();
        String label = "v" + random.nextInt(3);
        nodes.set(
            index, () -> cordoned ? before.get().cordoned() : before.get().label("some", label));
      }
    }

    /** An annotation matters, but not for where anything is. */
    private void readNodeAnew() {
      if (!nodes.isEmpty()) {
        int index = random.nextInt(nodes.size());
        Supplier<Nodes> before = nodes.get(index);
        nodes.set(index, () -> before.get().annotation(Keys.DO_NOT_DISRUPT, "true"));
      }
    }

    private void readPodAnew() {
      int index = random.nextInt(pods.size());
      Supplier<Pods> before = pods.get(index);
      pods.set(index, () -> before.get().owner(null));
    }

    private void addPod() {
      String name = "p" + named++;
      long cpu = 100L * (1 + random.nextInt(12));
      int kind = random.nextInt(8);
      String app = random.nextBoolean() ? "web" : "batch";
      String place =
          nodes.isEmpty() || random.nextBoolean()
              ? ""
              : nodes.get(random.nextInt(nodes.size())).get().build().name().value();
      pods.add(() -> make(name, cpu, kind, app, place));
    }

    private Pods make(String name, long cpu, int kind, String app, String place) {
      Pods pod = pod(name).cpu(cpu).memoryMi(64).labels(Map.of("app", app));
      if (rules && kind < 2) {
        pod.rules(kind == 0 ? apart(app) : spread(app));
      }
      if (kind == 2) {
        pod.gang("gang");
      }
      if (place.isEmpty()) {
        return pod;
      }
      return kind == 3 ? pod.nominated(place) : pod.on(place);
    }

    private static PodPlacementRules apart(String app) {
      PodAffinityTerm term =
          new PodAffinityTerm(Keys.HOSTNAME, selector(app), Set.of("default"), null);
      return new PodPlacementRules(Map.of(), null, List.of(), List.of(), List.of(term), List.of());
    }

    private static PodPlacementRules spread(String app) {
      TopologySpread spread = new TopologySpread(1, Keys.ZONE, selector(app), 1, true, false);
      return new PodPlacementRules(
          Map.of(), null, List.of(), List.of(), List.of(), List.of(spread));
    }

    private static LabelSelector selector(String app) {
      return new LabelSelector(Map.of("app", app), List.of());
    }
  }
}
