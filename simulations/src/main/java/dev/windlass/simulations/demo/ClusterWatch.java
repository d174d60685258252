package dev.windlass.simulations.demo;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.function.Consumer;

/** The cluster as the demo itself sees it, with watches of its own. */
final class ClusterWatch implements AutoCloseable {
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Node> nodes;
  private final SharedIndexInformer<Deployment> deployments;
  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<PodDisruptionBudget> budgets;

  ClusterWatch(KubernetesClient client) {
    pods = client.pods().inAnyNamespace().inform();
    nodes = client.nodes().inform();
    deployments = client.apps().deployments().inAnyNamespace().inform();
    jobs = client.batch().v1().jobs().inAnyNamespace().inform();
    budgets = client.policy().v1().podDisruptionBudget().inAnyNamespace().inform();
  }

  List<Pod> pods() {
    return pods.getStore().list();
  }

  List<Node> nodes() {
    return nodes.getStore().list();
  }

  List<Deployment> deployments() {
    return deployments.getStore().list();
  }

  List<Job> jobs() {
    return jobs.getStore().list();
  }

  List<PodDisruptionBudget> budgets() {
    return budgets.getStore().list();
  }

  void onPod(Consumer<Change<Pod>> consumer) {
    pods.addEventHandler(handler(consumer));
  }

  void onNode(Consumer<Change<Node>> consumer) {
    nodes.addEventHandler(handler(consumer));
  }

  void onDeployment(Consumer<Change<Deployment>> consumer) {
    deployments.addEventHandler(handler(consumer));
  }

  void onJob(Consumer<Change<Job>> consumer) {
    jobs.addEventHandler(handler(consumer));
  }

  private static <T> ResourceEventHandler<T> handler(Consumer<Change<T>> consumer) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T added) {
        consumer.accept(new Change<>(null, added));
      }

      @Override
      public void onUpdate(T before, T after) {
        consumer.accept(new Change<>(before, after));
      }

      @Override
      public void onDelete(T deleted, boolean stateUnknown) {
        consumer.accept(new Change<>(deleted, null));
      }
    };
  }

  @Override
  public void close() {
    pods.close();
    nodes.close();
    deployments.close();
    jobs.close();
    budgets.close();
  }
}
