package dev.windlass.simulations.demo;

import dev.windlass.core.model.Keys;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the morning in lines: what the daemon decided and what the API server saw, in the world's
 * time.
 */
final class Timeline {
  private static final LocalTime MORNING = LocalTime.of(7, 0);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Screen screen;
  private final Pace pace;
  private final InstantSource clock;
  private final Set<String> toldGangs = new HashSet<>();

  Timeline(Screen screen, Pace pace, InstantSource clock) {
    this.screen = screen;
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

  /** Tells what the daemon decided. */
  void decided(DecisionFeed.Entry entry) {
    String because = entry.because().isEmpty() ? "" : ": " + entry.because();
    tell("* " + entry.title(), entry.what() + because);
  }

  private void node(Change<Node> change) {
    Node before = change.before();
    Node after = change.after();
    String name = change.latest().getMetadata().getName();
    if (after == null) {
      tell("node", name + " is gone");
    } else if (before == null) {
      tell("node", name + " has registered");
    } else if (Nodes.isReady(after) && !Nodes.isReady(before)) {
      tell("node", name + " is ready");
    }
  }

  private void deployment(Change<Deployment> change) {
    Deployment after = change.after();
    if (after != null && isWhole(after) && !isWhole(change.before())) {
      tell("pods", "%s: %d ready".formatted(Pods.key(after), after.getSpec().getReplicas()));
    }
  }

  /** Whether all its pods are ready. */
  private static boolean isWhole(@Nullable Deployment deployment) {
    return deployment != null
        && deployment.getStatus() != null
        && deployment.getSpec().getReplicas().equals(deployment.getStatus().getReplicas())
        && deployment.getSpec().getReplicas().equals(deployment.getStatus().getReadyReplicas());
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
