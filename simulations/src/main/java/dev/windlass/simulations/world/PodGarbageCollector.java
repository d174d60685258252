package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes pods that are bound to a node which has no object any more. */
final class PodGarbageCollector implements Actor {
  /** Longer than the caches of pods and nodes are apart. */
  private static final Duration QUARANTINE = Duration.ofMillis(500);

  private final Writes writes;
  private final Map<String, Instant> orphanedSince = new HashMap<>();

  PodGarbageCollector(Writes writes) {
    this.writes = writes;
  }

  @Override
  public void step(ClusterCache cluster, Instant now) {
    Set<String> nodes =
        cluster.nodes().stream()
            .map(node -> node.getMetadata().getName())
            .collect(Collectors.toSet());
    Map<String, Pod> orphans =
        cluster.pods().stream()
            .filter(pod -> !Pods.node(pod).isEmpty() && !nodes.contains(Pods.node(pod)))
            .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod));
    orphanedSince.keySet().retainAll(orphans.keySet());
    orphans.forEach((uid, pod) -> {
      Instant since = orphanedSince.computeIfAbsent(uid, _ -> now);
      if (!now.isBefore(since.plus(QUARANTINE))) {
        writes.attempt(
            "delete " + Pods.key(pod), client -> client.resource(pod).withGracePeriod(0).delete());
      }
    });
  }
}
