package dev.windlass.simulations.demo;

import dev.windlass.core.gpu.GpuPhaseNote;
import dev.windlass.core.model.Keys;
import dev.windlass.simulations.cloud.CloudOrder;
import dev.windlass.simulations.cloud.CloudState;
import dev.windlass.simulations.world.Nodes;
import dev.windlass.simulations.world.Pace;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the morning in lines: what the API server and the cloud saw, in the world's time. */
final class Timeline {
  private static final LocalTime MORNING = LocalTime.of(7, 0);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Screen screen;
  private final CloudState cloud;
  private final Pace pace;
  private final InstantSource clock;
  private final Set<String> toldGangs = new HashSet<>();
  private int toldOrders;

  Timeline(Screen screen, CloudState cloud, Pace pace, InstantSource clock) {
    this.screen = screen;
    this.cloud = cloud;
    this.pace = pace;
    this.clock = clock;
  }

  /** Begins to tell what the watch sees. */
  void follow(ClusterWatch watch) {
    watch.onDeployment(this::deployment);
    watch.onNode(this::node);
    watch.onPod(this::pod);
    watch.onJob(this::job);
  }

  /** Tells one thing. */
  void tell(String subject, String what) {
    screen.line("%s  %-14s %s".formatted(now(), subject, what));
  }

  /** The world's time of day. */
  String now() {
    Duration elapsed = pace.elapsed(clock.instant());
    return MORNING.plus(elapsed).format(TIME);
  }

  /** Tells the orders that the cloud accepted since the last call. */
  synchronized void orders() {
    List<CloudOrder> orders = cloud.orders();
    for (CloudOrder order : orders.subList(toldOrders, orders.size())) {
      String what = order.to() > order.from() ? "machines ordered" : "machine given back";
      tell("cloud", "%s: %s, %d -> %d".formatted(order.group(), what, order.from(), order.to()));
    }
    toldOrders = orders.size();
  }

  private void deployment(Change<Deployment> change) {
    Deployment before = change.before();
    Deployment after = change.after();
    if (before == null || after == null) {
      return;
    }
    Integer from = before.getSpec().getReplicas();
    Integer to = after.getSpec().getReplicas();
    if (!Objects.equals(from, to)) {
      tell("replicas", "%s: %d -> %d".formatted(Pods.key(after), from, to));
    }
  }

  private void node(Change<Node> change) {
    Node before = change.before();
    Node after = change.after();
    String name = change.latest().getMetadata().getName();
    if (after == null) {
      tell("node", name + " is gone");
    } else if (before == null) {
      tell("node", name + " has registered");
    } else {
      nodeChanged(name, before, after);
    }
  }

  private void nodeChanged(String name, Node before, Node after) {
    if (Nodes.isReady(after) && !Nodes.isReady(before)) {
      tell("node", name + " is ready");
    }
    if (Nodes.hasTaint(after, Keys.DISRUPTED) && !Nodes.hasTaint(before, Keys.DISRUPTED)) {
      tell("node", name + " begins to leave: no new pods, out of load balancers");
    }
    String phase = phase(after);
    if (!phase.isEmpty() && !phase.equals(phase(before))) {
      tell("gpu", name + ": " + phase);
    }
    if (Nodes.hasTaint(before, Keys.GPU_NOT_READY) && !Nodes.hasTaint(after, Keys.GPU_NOT_READY)) {
      tell("gpu", name + " is open for pods");
    }
  }

  /** The last phase that the annotation names. */
  private static String phase(Node node) {
    Map<String, String> annotations = node.getMetadata().getAnnotations();
    String note = annotations == null ? "" : annotations.getOrDefault(Keys.GPU_PHASE, "");
    return GpuPhaseNote.read(note).map(start -> start.phase().title()).orElse("");
  }

  private void pod(Change<Pod> change) {
    if (Evictions.begins(change)) {
      Pod pod = change.latest();
      tell("eviction", Pods.key(pod) + " from " + Pods.node(pod));
    }
    if (isBoundGangMember(change.after()) && !isBoundGangMember(change.before())) {
      tellGang(change.latest());
    }
  }

  private static boolean isBoundGangMember(@Nullable Pod pod) {
    return pod != null
        && pod.getMetadata().getLabels() != null
        && pod.getMetadata().getLabels().containsKey(Keys.POD_GROUP)
        && !Pods.node(pod).isEmpty();
  }

  private synchronized void tellGang(Pod pod) {
    String gang = pod.getMetadata().getLabels().getOrDefault(Keys.POD_GROUP, "");
    if (toldGangs.add(gang)) {
      tell("gang", gang + " gets its places");
    }
  }

  private void job(Change<Job> change) {
    Job before = change.before();
    Job after = change.after();
    if (before == null && after != null) {
      tell("job", Pods.key(after) + " submitted: " + after.getSpec().getParallelism() + " pods");
    } else if (after != null && isComplete(after) && !isComplete(before)) {
      tell("job", Pods.key(after) + " is complete");
    }
  }

  private static boolean isComplete(@Nullable Job job) {
    return job != null && job.getStatus() != null && job.getStatus().getCompletionTime() != null;
  }
}
