package dev.windlass.simulations.demo;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.simulations.cloud.Fleet;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** At the end everything that was asked for is done, and the cluster is as small as it may be. */
final class BackToMinimum implements AuditRule {
  private final ClusterWatch watch;
  private final Fleet cloud;
  private final Map<NodeGroupName, Integer> minNodes;
  private final Map<String, Integer> minReplicas;

  /**
   * Watches the whole cluster.
   *
   * @param minReplicas the least replicas of each Deployment that is scaled, by namespace and name
   */
  BackToMinimum(
      ClusterWatch watch,
      Fleet cloud,
      Map<NodeGroupName, Integer> minNodes,
      Map<String, Integer> minReplicas) {
    this.watch = watch;
    this.cloud = cloud;
    this.minNodes = Map.copyOf(minNodes);
    this.minReplicas = Map.copyOf(minReplicas);
  }

  @Override
  public String promise() {
    int nodes = minNodes.values().stream().mapToInt(Integer::intValue).sum();
    return "the cluster is back at its minimum of " + nodes + " nodes";
  }

  @Override
  public List<String> violations() {
    List<String> unmet = new ArrayList<>();
    watch.jobs().stream()
        .filter(job -> !isComplete(job))
        .forEach(job -> unmet.add("Job " + Pods.key(job) + " is not complete"));
    watch.deployments().forEach(deployment -> checkReplicas(deployment, unmet));
    watch.pods().stream()
        .filter(pod -> Pods.phase(pod).equals("Pending"))
        .forEach(pod -> unmet.add("pod " + Pods.key(pod) + " is pending"));
    cloud
        .targets()
        .forEach((group, target) -> {
          int min = minNodes.getOrDefault(group, 0);
          if (target != min) {
            unmet.add("node group %s has %d machines, not %d".formatted(group, target, min));
          }
        });
    int nodes = minNodes.values().stream().mapToInt(Integer::intValue).sum();
    if (watch.nodes().size() != nodes) {
      unmet.add("there are " + watch.nodes().size() + " Node objects, not " + nodes);
    }
    return unmet;
  }

  private static boolean isComplete(Job job) {
    return job.getStatus() != null
        && Objects.equals(job.getStatus().getSucceeded(), job.getSpec().getCompletions());
  }

  private void checkReplicas(Deployment deployment, List<String> unmet) {
    Integer min = minReplicas.get(Pods.key(deployment));
    Integer replicas = deployment.getSpec().getReplicas();
    if (min != null && !min.equals(replicas)) {
      unmet.add("%s has %d replicas, not %d".formatted(Pods.key(deployment), replicas, min));
    }
    int ready =
        deployment.getStatus() == null || deployment.getStatus().getReadyReplicas() == null
            ? 0
            : deployment.getStatus().getReadyReplicas();
    if (replicas != null && ready != replicas) {
      unmet.add("%s has %d ready replicas of %d".formatted(Pods.key(deployment), ready, replicas));
    }
  }
}
