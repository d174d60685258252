package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What pods report of their load. A Deployment's annotations say how much there is to do over time;
 * its ready pods share it evenly. Without a ready pod nobody reports anything, as in a real
 * cluster.
 */
public final class LoadModel {
  private final ClusterCache cluster;
  private final Pace pace;

  LoadModel(ClusterCache cluster, Pace pace) {
    this.cluster = cluster;
    this.pace = pace;
  }

  /** What one pod reports. */
  public record Sample(Pod pod, double value) {}

  /** The cpu that each ready pod of a namespace uses, in cores. */
  public List<Sample> cpu(String namespace, Instant now) {
    return samples(namespace, Annotations.CPU_LOAD, now);
  }

  /** A custom metric of each ready pod of a namespace. */
  public List<Sample> metric(String namespace, String metric, Instant now) {
    return samples(namespace, Annotations.METRIC_LOAD + metric, now);
  }

  /** A custom metric of a Deployment as a whole; there is one even without pods. */
  public Optional<Double> total(String namespace, String deployment, String metric, Instant now) {
    return cluster.deployments().stream()
        .filter(it -> Pods.key(it).equals(namespace + "/" + deployment))
        .findFirst()
        .flatMap(it -> load(it, Annotations.METRIC_LOAD + metric, pace.elapsed(now)));
  }

  /** Every custom metric of one pod, by name; none while it is not ready. */
  Map<String, Double> metricsOf(Pod pod, Instant now) {
    Map<String, Double> metrics = new TreeMap<>();
    String namespace = pod.getMetadata().getNamespace();
    cluster.deployments().stream()
        .filter(it -> namespace.equals(it.getMetadata().getNamespace()))
        .flatMap(it -> Annotations.loads(it).stream())
        .distinct()
        .forEach(name ->
            metric(namespace, name, now).stream()
                .filter(sample ->
                    sample.pod().getMetadata().getUid().equals(pod.getMetadata().getUid()))
                .forEach(sample -> metrics.put(name, sample.value())));
    return metrics;
  }

  /** The namespaces in which something has a load. */
  Set<String> namespaces() {
    return cluster.deployments().stream()
        .map(it -> it.getMetadata().getNamespace())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Sample> samples(String namespace, String annotation, Instant now) {
    Map<String, Deployment> deployments = deploymentsOfReplicaSets(namespace);
    Map<Deployment, List<Pod>> ready = new HashMap<>();
    for (Pod pod : cluster.pods()) {
      Optional<Deployment> deployment =
          Pods.controller(pod)
              .flatMap(owner -> Optional.ofNullable(deployments.get(owner.getUid())));
      if (deployment.isPresent() && Pods.isReady(pod) && !Pods.isEnding(pod)) {
        ready.computeIfAbsent(deployment.get(), _ -> new ArrayList<>()).add(pod);
      }
    }
    List<Sample> samples = new ArrayList<>();
    ready.forEach((deployment, pods) ->
        load(deployment, annotation, pace.elapsed(now))
            .ifPresent(
                load -> pods.forEach(pod -> samples.add(new Sample(pod, load / pods.size())))));
    return samples;
  }

  private Map<String, Deployment> deploymentsOfReplicaSets(String namespace) {
    Map<String, Deployment> byUid = new HashMap<>();
    for (Deployment deployment : cluster.deployments()) {
      byUid.put(deployment.getMetadata().getUid(), deployment);
    }
    Map<String, Deployment> deployments = new HashMap<>();
    cluster.replicaSets().stream()
        .filter(replicaSet -> namespace.equals(replicaSet.getMetadata().getNamespace()))
        .forEach(replicaSet ->
            Pods.controller(replicaSet)
                .map(owner -> byUid.get(owner.getUid()))
                .ifPresent(it -> deployments.put(replicaSet.getMetadata().getUid(), it)));
    return deployments;
  }

  private static Optional<Double> load(HasMetadata object, String annotation, Duration elapsed) {
    return Annotations.value(object, annotation).map(text -> LoadCurve.parse(text).at(elapsed));
  }
}
