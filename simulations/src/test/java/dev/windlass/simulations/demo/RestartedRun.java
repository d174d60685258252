package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.simulations.cloud.CloudOrder;
import dev.windlass.simulations.controlplane.RealControlPlane;
import dev.windlass.simulations.world.Nodes;
import dev.windlass.simulations.world.Pace;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * A cluster grows by two general nodes and a GPU node and shrinks again, while the daemon is killed
 * once, before a given write, and started anew.
 */
final class RestartedRun implements AutoCloseable {
  private static final double SPEED = 400;
  private static final int NEVER = Integer.MAX_VALUE;
  private static final NodeGroupName GENERAL = new NodeGroupName("general");
  private static final NodeGroupName GPU = new NodeGroupName("gpu");

  /** The machines that the pods need beside the first. */
  static final Map<NodeGroupName, Integer> NEEDED = Map.of(GENERAL, 2, GPU, 1);

  private final DemoStage stage;
  private final ClusterWatch watch;
  private final List<String> forgotten = new CopyOnWriteArrayList<>();
  private MortalDaemon daemon;
  private volatile boolean shrinking;

  /** Starts a cluster and a daemon that dies after so many writes. */
  RestartedRun(int lifetime) throws IOException {
    stage = stage();
    watch = new ClusterWatch(stage.admin());
    watch.onNode(this::nodeChanged);
    daemon = new MortalDaemon(stage, lifetime, _ -> true);
  }

  /** One general node, a web pod on it, and a cloud that sells more. */
  static DemoStage stage() {
    InstantSource clock = InstantSource.system();
    Scenario scenario =
        new Scenario(
            Scenario.read("restart-cluster.yaml").stream()
                .map(object -> new Scenario.Entry(Duration.ZERO, object))
                .toList());
    return new DemoStage(scenario, new Pace(clock.instant(), SPEED), clock);
  }

  /** Plays it to the end and checks what was bought and deleted; returns the number of writes. */
  int play() {
    await("one web pod runs", () -> running("web") == 1);
    scale("trainer", 1);
    scale("web", 6);
    await("the web runs", () -> running("web") == 6);
    scale("late", 2);
    await("all pods run", () -> running("late") == 2 && running("trainer") == 1);
    assertThat(changes(stage, true)).as("bought").isEqualTo(NEEDED);
    assertThat(changes(stage, false)).as("deleted before time").isEmpty();

    shrinking = true;
    scale("web", 1);
    scale("trainer", 0);
    await(
        "it is back at its minimum",
        () -> watch.nodes().size() == 1 && running("web") + running("late") == 3);
    assertThat(changes(stage, true)).as("bought").isEqualTo(NEEDED);
    assertThat(changes(stage, false)).as("deleted").isEqualTo(NEEDED);
    assertThat(watch.nodes())
        .allSatisfy(node -> {
          assertThat(Nodes.hasTaint(node, Keys.DISRUPTED)).isFalse();
          assertThat(node.getMetadata().getLabels())
              .doesNotContainKey(Keys.EXCLUDE_FROM_LOAD_BALANCERS);
        });
    assertThat(forgotten).as("forgotten by the restart").isEmpty();
    return daemon.writes();
  }

  private void await(String what, BooleanSupplier condition) {
    RealControlPlane.await(
        () -> what + ": " + watch.nodes().size() + " nodes, orders " + stage.fleet().orders(),
        () -> {
          replaceTheDead();
          return condition.getAsBoolean();
        });
  }

  private void replaceTheDead() {
    if (daemon.dead()) {
      daemon.close();
      try {
        daemon = new MortalDaemon(stage, NEVER, _ -> true);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  private void scale(String deployment, int replicas) {
    scale(stage.admin(), deployment, replicas);
  }

  static void scale(KubernetesClient admin, String deployment, int replicas) {
    admin.apps().deployments().inNamespace("default").withName(deployment).scale(replicas);
  }

  private long running(String app) {
    return running(watch, app);
  }

  static long running(ClusterWatch watch, String app) {
    return watch.pods().stream()
        .filter(pod -> app.equals(pod.getMetadata().getLabels().get("app")))
        .filter(pod -> Pods.isReady(pod) && !Pods.isEnding(pod))
        .count();
  }

  /** By how many machines each group was grown, or shrunk. */
  static Map<NodeGroupName, Integer> changes(DemoStage stage, boolean up) {
    Map<NodeGroupName, Integer> sums = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
    for (CloudOrder order : stage.fleet().orders()) {
      int change = order.to() - order.from();
      if (change > 0 == up) {
        sums.merge(order.group(), Math.abs(change), Integer::sum);
      }
    }
    return sums;
  }

  /** A timer that begins anew, or a cordon that is taken back, was forgotten. */
  private void nodeChanged(Change<Node> change) {
    Node before = change.before();
    Node after = change.after();
    if (before == null || after == null || !shrinking) {
      return;
    }
    String since = annotation(before);
    String now = annotation(after);
    if (!since.isEmpty() && !now.isEmpty() && !since.equals(now)) {
      forgotten.add("the timer of " + before.getMetadata().getName() + ": " + since + ", " + now);
    }
    if (Nodes.hasTaint(before, Keys.DISRUPTED) && !Nodes.hasTaint(after, Keys.DISRUPTED)) {
      forgotten.add("the cordon of " + before.getMetadata().getName());
    }
  }

  private static String annotation(Node node) {
    Map<String, String> annotations = node.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(Keys.UNNEEDED_SINCE, "");
  }

  @Override
  public void close() {
    daemon.close();
    watch.close();
    stage.close();
  }
}
