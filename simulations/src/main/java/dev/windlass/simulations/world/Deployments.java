package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The controllers of Deployments and ReplicaSets. No rollouts: a Deployment has one ReplicaSet. */
final class Deployments implements Actor {
  private static final String REVISION = "-rs";

  private final Writes writes;

  Deployments(Writes writes) {
    this.writes = writes;
  }

  @Override
  public void step(ClusterCache cluster, Instant now) {
    for (Deployment deployment : cluster.deployments()) {
      cluster.replicaSets().stream()
          .filter(replicaSet -> Pods.ownedBy(replicaSet, deployment))
          .findFirst()
          .ifPresentOrElse(
              replicaSet -> sync(deployment, replicaSet), () -> createReplicaSet(deployment));
    }
    for (ReplicaSet replicaSet : cluster.replicaSets()) {
      List<Pod> pods = cluster.podsOf(replicaSet);
      syncPods(replicaSet, pods);
      writeStatus(replicaSet, pods, cluster);
    }
  }

  private void createReplicaSet(Deployment deployment) {
    ReplicaSet replicaSet =
        new ReplicaSetBuilder()
            .withNewMetadata()
            .withName(deployment.getMetadata().getName() + REVISION)
            .withNamespace(deployment.getMetadata().getNamespace())
            .withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
            .addNewOwnerReference()
            .withApiVersion(deployment.getApiVersion())
            .withKind(deployment.getKind())
            .withName(deployment.getMetadata().getName())
            .withUid(deployment.getMetadata().getUid())
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .withNewSpec()
            .withReplicas(deployment.getSpec().getReplicas())
            .withSelector(deployment.getSpec().getSelector())
            .withTemplate(deployment.getSpec().getTemplate())
            .endSpec()
            .build();
    writes.attempt(
        "create ReplicaSet " + Pods.key(replicaSet),
        client -> client.resource(replicaSet).create());
  }

  private void sync(Deployment deployment, ReplicaSet replicaSet) {
    Integer wanted = deployment.getSpec().getReplicas();
    if (wanted != null && !wanted.equals(replicaSet.getSpec().getReplicas())) {
      ReplicaSet changed =
          new ReplicaSetBuilder(replicaSet).editSpec().withReplicas(wanted).endSpec().build();
      writes.attempt(
          "scale ReplicaSet " + Pods.key(replicaSet), client -> client.resource(changed).update());
    }
  }

  private void syncPods(ReplicaSet replicaSet, List<Pod> pods) {
    Integer wanted = replicaSet.getSpec().getReplicas();
    List<Pod> active =
        pods.stream().filter(pod -> !Pods.isEnding(pod) && !Pods.isTerminal(pod)).toList();
    int surplus = active.size() - (wanted == null ? 1 : wanted);
    List<String> names =
        new ArrayList<>(pods.stream().map(pod -> pod.getMetadata().getName()).toList());
    for (int i = surplus; i < 0; i++) {
      String name = PodFactory.freeName(replicaSet, names);
      names.add(name);
      Pod pod = PodFactory.create(replicaSet, replicaSet.getSpec().getTemplate(), name);
      writes.attempt("create pod " + name, client -> client.resource(pod).create());
    }
    active.stream()
        .sorted(firstToGo())
        .limit(Math.max(0, surplus))
        .forEach(pod ->
            writes.attempt("delete pod " + Pods.key(pod), client -> client.resource(pod).delete()));
  }

  /** Unbound before bound, not ready before ready, young before old. */
  private static Comparator<Pod> firstToGo() {
    return Comparator.comparing((Pod pod) -> !Pods.node(pod).isEmpty())
        .thenComparing(Pods::isReady)
        .thenComparing(pod -> pod.getMetadata().getCreationTimestamp(), Comparator.reverseOrder())
        .thenComparing(pod -> pod.getMetadata().getName(), Comparator.reverseOrder());
  }

  private void writeStatus(ReplicaSet replicaSet, List<Pod> pods, ClusterCache cluster) {
    int replicas =
        (int) pods.stream().filter(pod -> !Pods.isEnding(pod) && !Pods.isTerminal(pod)).count();
    int ready = (int) pods.stream().filter(pod -> !Pods.isEnding(pod) && Pods.isReady(pod)).count();
    cluster.deployments().stream()
        .filter(deployment -> Pods.ownedBy(replicaSet, deployment))
        .filter(deployment -> !hasStatus(deployment, replicas, ready))
        .forEach(deployment -> writeStatus(deployment, replicas, ready));
  }

  private static boolean hasStatus(Deployment deployment, int replicas, int ready) {
    return deployment.getStatus() != null
        && Integer.valueOf(replicas).equals(deployment.getStatus().getReplicas())
        && Integer.valueOf(ready).equals(deployment.getStatus().getReadyReplicas());
  }

  private void writeStatus(Deployment deployment, int replicas, int ready) {
    Deployment changed =
        new DeploymentBuilder(deployment)
            .editOrNewStatus()
            .withReplicas(replicas)
            .withReadyReplicas(ready)
            .withAvailableReplicas(ready)
            .withUpdatedReplicas(replicas)
            .withObservedGeneration(deployment.getMetadata().getGeneration())
            .endStatus()
            .build();
    writes.attempt(
        "status of " + Pods.key(deployment), client -> client.resource(changed).updateStatus());
  }
}
