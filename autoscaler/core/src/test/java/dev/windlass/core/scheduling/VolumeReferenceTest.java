package dev.windlass.core.scheduling;

import static dev.windlass.core.model.ClaimRequest.READ_WRITE_ONCE_POD;
import static dev.windlass.core.testing.Volumes.request;
import static dev.windlass.core.testing.Volumes.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ClaimRequest;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.CsiVolume;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PersistentVolume.Reach;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodVolume.Disk;
import dev.windlass.core.model.PodVolume.Ephemeral;
import dev.windlass.core.model.PodVolume.Kind;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Storage;
import dev.windlass.core.model.VolumeClaim.Binding;
import dev.windlass.core.testing.Pods;
import dev.windlass.core.testing.Volumes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random storage and pods: the workspace and the literal reading agree pod by pod. */
class VolumeReferenceTest {
  private static final int PODS = 16;
  private static final int NODES = 5;
  private static final int CLAIMS = 12;
  private static final List<String> ZONES = List.of("a", "b");
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final List<String> CLASSES = List.of("fast", "here", "none", "measured");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 1_500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithTheLiteralReadingOnEveryPodAndNode(long seed) {
    Random random = new Random(seed);
    List<Pod> pods = new ArrayList<>();
    for (int index = 0; index < PODS; index++) {
      pods.add(pod(random, index));
    }
    Storage storage = storage(random);
    Workspace workspace =
        WorkspaceBuilder.of(
            new ClusterSnapshot.Workloads(
                pods, List.of(), List.of(), List.of(), Map.of(), storage, Devices.NONE),
            List.of());
    List<LiteralScheduler.Host> hosts = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    Resources size = Resources.of(Map.of(Resources.PODS, 5L));
    for (int index = 0; index < NODES; index++) {
      NodeFacts facts = node(random, index);
      hosts.add(new LiteralScheduler.Host(facts, size, new ArrayList<>(), false));
      slots.add(workspace.open(facts, size, true));
    }
    LiteralVolumes literal = new LiteralVolumes(storage);
    for (Pod pod : pods) {
      List<Integer> fitting = new ArrayList<>();
      for (int index = 0; index < NODES; index++) {
        LiteralScheduler.Host host = hosts.get(index);
        boolean expected = host.pods().size() < 5 && literal.fits(pod, host, hosts);
        PodShape shape = workspace.shape(pod);
        assertThat(workspace.room(shape, slots.get(index), 1) > 0)
            .as("seed %s: %s on node %s", seed, pod.key(), index)
            .isEqualTo(expected);
        assertThat(workspace.refusal(shape, slots.get(index)).isEmpty())
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
        literal.assume(pod, hosts.get(chosen));
        hosts.get(chosen).pods().add(pod);
      }
    }
  }

  /** Whatever is put somewhere and taken back must leave no trace; nor does a trial. */
  private static void tryAndRevert(
      Workspace workspace, List<Pod> pods, List<Slot> slots, Random random) {
    int mark = workspace.mark();
    for (int attempt = 0; attempt < 3; attempt++) {
      PodShape shape = workspace.shape(pods.get(random.nextInt(pods.size())));
      Slot slot = slots.get(random.nextInt(slots.size()));
      workspace.place(shape, slot, 1 + random.nextInt(3));
      workspace.pour(shape, workspace.trial(slot), 2);
    }
    workspace.revert(mark);
  }

  private static NodeFacts node(Random random, int index) {
    Map<String, String> labels = new HashMap<>();
    labels.put(Keys.HOSTNAME, "n" + index);
    String zone = ZONES.get(random.nextInt(2));
    labels.put("zone", zone);
    if (random.nextInt(4) > 0) {
      labels.put(Keys.ZONE, zone);
    }
    return new NodeFacts("n" + index, labels, List.of(), false);
  }

  private static Storage storage(Random random) {
    Volumes storage =
        Volumes.volumes()
            .waiting("fast")
            .waiting("here", "a")
            .unprovisioned("none")
            .waiting("measured");
    if (random.nextBoolean()) {
      storage.capacity("measured", "a", 2L).capacity("fast", "b", 9L).capacity("here", "a", 2L);
    }
    for (int claim = 0; claim < CLAIMS; claim++) {
      addClaim(random, storage, "c" + claim);
    }
    for (int index = 0; index < PODS; index++) {
      if (random.nextBoolean()) {
        storage.claim("p" + index + "-tmp", "uid-p" + index, wish(random), Binding.NONE);
      }
    }
    for (int volume = 0; volume < 8; volume++) {
      storage.volume(
          "free-" + volume,
          Map.of(),
          new Reach(affinity(random), null, null),
          random.nextInt(4) == 0 ? "c" + random.nextInt(CLAIMS) : null,
          request(CLASSES.get(random.nextInt(4)), 1 + volume, "RWO"));
    }
    for (int node = 0; node < NODES; node++) {
      if (random.nextInt(3) > 0) {
        storage.limit("n" + node, random.nextInt(4));
      }
    }
    for (int attached = random.nextInt(3); attached > 0; attached--) {
      storage.attached("pv-c" + random.nextInt(CLAIMS), "n" + random.nextInt(NODES));
    }
    return storage.build();
  }

  private static void addClaim(Random random, Volumes storage, String name) {
    switch (random.nextInt(8)) {
      case 0 -> storage.bound(name, affinity(random), "ReadWriteOnce");
      case 1 -> storage.bound(name, affinity(random), READ_WRITE_ONCE_POD);
      case 2 -> storage.bound(name, null);
      case 3 -> {
        String zones = random.nextBoolean() ? "a" : random.nextBoolean() ? "b" : "a__b";
        storage.labelled(name, Map.of(Keys.ZONE, zones));
      }
      case 4 -> {
        String node = "n" + random.nextInt(NODES);
        storage.claim(name, wish(random), new Binding("", false, false, false, node));
      }
      case 5 -> {
        if (random.nextInt(4) == 0) {
          storage.claim(
              name, wish(random), new Binding("pv", random.nextBoolean(), false, false, null));
        }
      }
      default -> storage.claim(name, wish(random));
    }
  }

  private static ClaimRequest wish(Random random) {
    return request(CLASSES.get(random.nextInt(4)), 1 + random.nextInt(5), "RWO");
  }

  private static @Nullable List<NodeSelectorTerm> affinity(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> where(Keys.HOSTNAME, "n" + random.nextInt(NODES));
      default -> where("zone", ZONES.get(random.nextInt(2)));
    };
  }

  private static Pod pod(Random random, int index) {
    Pods pod = Pods.pod("p" + index);
    int first = random.nextInt(CLAIMS);
    for (int claims = random.nextInt(3); claims > 0; claims--) {
      pod.claims("c" + (first + claims) % CLAIMS);
    }
    if (random.nextInt(4) == 0) {
      pod.volume(new Ephemeral("tmp", request("fast", 1)));
    }
    if (random.nextInt(4) == 0) {
      Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      String id = "d" + random.nextInt(2);
      CsiVolume attachment = random.nextBoolean() ? new CsiVolume(Volumes.DRIVER, id) : null;
      Set<String> monitors = kind == Kind.RBD ? Set.of("m" + random.nextInt(2)) : Set.of();
      pod.volume(new Disk(kind, id, monitors, random.nextBoolean(), attachment));
    }
    return pod.build();
  }
}
