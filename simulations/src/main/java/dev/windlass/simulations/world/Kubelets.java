package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kubelets of all running machines: start pods, end them, delete those that shall go. */
final class Kubelets implements Actor {
  private static final Duration USUAL_START = Duration.ofSeconds(8);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Writes writes;
  private final Hardware hardware;
  private final Pace pace;
  private final PodPages pages;

  /** Since when each pod has been in the state that its kubelet is working on, by uid. */
  private final Map<String, Since> since = new HashMap<>();

  private record Since(String state, Instant at) {}

  Kubelets(Writes writes, Hardware hardware, Pace pace, PodPages pages) {
    this.writes = writes;
    this.hardware = hardware;
    this.pace = pace;
    this.pages = pages;
  }

  @Override
  public void step(ClusterCache cluster, Instant now) {
    Set<String> known = new HashSet<>();
    for (Pod pod : cluster.pods()) {
      known.add(pod.getMetadata().getUid());
      if (Pods.node(pod).isEmpty()) {
        deleteIfUnbound(pod);
      } else if (hardware.running(Pods.node(pod))) {
        advance(pod, now);
      }
    }
    since.keySet().retainAll(known);
  }

  /** No kubelet has seen it, so nothing has to stop first. */
  private void deleteIfUnbound(Pod pod) {
    if (Pods.isEnding(pod)) {
      delete(pod);
    }
  }

  private void advance(Pod pod, Instant now) {
    if (Pods.isEnding(pod)) {
      if (!now.isBefore(entered(pod, "Ending", now).plus(pace.real(STOP)))) {
        delete(pod);
      }
      return;
    }
    switch (Pods.phase(pod)) {
      case "Pending" -> {
        Duration start =
            Annotations.duration(pod, Annotations.START_DELAY)
                .or(() -> GpuSteps.start(pod))
                .orElse(USUAL_START);
        if (!now.isBefore(entered(pod, "Pending", now).plus(pace.real(start)))) {
          writeStatus(pod, "Running", true, now);
        }
      }
      case "Running" -> {
        Instant running = entered(pod, "Running", now);
        if (Annotations.duration(pod, Annotations.RUN_FOR)
            .filter(length -> !now.isBefore(running.plus(pace.real(length))))
            .isPresent()) {
          writeStatus(pod, "Succeeded", false, now);
        }
      }
      default -> {}
    }
  }

  private Instant entered(Pod pod, String state, Instant now) {
    return since
        .compute(
            pod.getMetadata().getUid(),
            (_, before) ->
                before != null && before.state().equals(state) ? before : new Since(state, now))
        .at();
  }

  private void writeStatus(Pod pod, String phase, boolean ready, Instant now) {
    Pod changed =
        new PodBuilder(pod)
            .editOrNewStatus()
            .withPhase(phase)
            .withPodIP(pages.address(pod).orElse(null))
            .withStartTime(
                pod.getStatus() == null || pod.getStatus().getStartTime() == null
                    ? now.toString()
                    : pod.getStatus().getStartTime())
            .withConditions(conditions(pod, ready, now))
            .endStatus()
            .build();
    writes.attempt("status of " + Pods.key(pod), client -> client.resource(changed).updateStatus());
  }

  private static List<PodCondition> conditions(Pod pod, boolean ready, Instant now) {
    return List.of(
        Pods.condition(pod, "PodScheduled").orElse(condition("PodScheduled", true, now)),
        condition("Initialized", true, now),
        condition("ContainersReady", ready, now),
        condition("Ready", ready, now));
  }

  private static PodCondition condition(String type, boolean status, Instant now) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status ? "True" : "False")
        .withLastTransitionTime(now.toString())
        .build();
  }

  private void delete(Pod pod) {
    writes.attempt(
        "delete " + Pods.key(pod), client -> client.resource(pod).withGracePeriod(0).delete());
  }
}
