package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The controller of Jobs: keeps {@code parallelism} pods until {@code completions} succeeded. */
final class Jobs implements Actor {
  private final Writes writes;

  /** The pods of each Job that succeeded, by uid; they count although they may be deleted. */
  private final Map<String, Set<String>> succeeded = new HashMap<>();

  Jobs(Writes writes) {
    this.writes = writes;
  }

  @Override
  public void step(ClusterCache cluster, Instant now) {
    for (Job job : cluster.jobs()) {
      sync(job, cluster.podsOf(job), now);
    }
  }

  private void sync(Job job, List<Pod> pods, Instant now) {
    Set<String> done = succeeded.computeIfAbsent(job.getMetadata().getUid(), _ -> new HashSet<>());
    pods.stream()
        .filter(pod -> Pods.phase(pod).equals("Succeeded"))
        .forEach(pod -> done.add(pod.getMetadata().getUid()));
    int parallelism = orOne(job.getSpec().getParallelism());
    int completions =
        job.getSpec().getCompletions() == null ? parallelism : job.getSpec().getCompletions();
    int active =
        (int) pods.stream().filter(pod -> !Pods.isEnding(pod) && !Pods.isTerminal(pod)).count();
    createMissing(job, pods, Math.min(parallelism, completions - done.size()) - active);
    writeStatus(job, active, done.size(), completions, now);
  }

  private static int orOne(@Nullable Integer number) {
    return number == null ? 1 : number;
  }

  private void createMissing(Job job, List<Pod> pods, int missing) {
    List<String> names =
        new ArrayList<>(pods.stream().map(pod -> pod.getMetadata().getName()).toList());
    for (int i = 0; i < missing; i++) {
      String name = PodFactory.freeName(job, names);
      names.add(name);
      Pod pod = PodFactory.create(job, job.getSpec().getTemplate(), name);
      writes.attempt("create pod " + name, client -> client.resource(pod).create());
    }
  }

  private void writeStatus(Job job, int active, int done, int completions, Instant now) {
    if (job.getStatus() != null
        && orZero(job.getStatus().getActive()) == active
        && orZero(job.getStatus().getSucceeded()) == done) {
      return;
    }
    JobBuilder changed =
        new JobBuilder(job).editOrNewStatus().withActive(active).withSucceeded(done).endStatus();
    if (done >= completions) {
      changed
          .editStatus()
          .withCompletionTime(now.toString())
          .addNewCondition()
          .withType("Complete")
          .withStatus("True")
          .withLastTransitionTime(now.toString())
          .endCondition()
          .endStatus();
    }
    Job written = changed.build();
    writes.attempt("status of " + Pods.key(job), client -> client.resource(written).updateStatus());
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
