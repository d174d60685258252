package dev.windlass.simulations.world;

import dev.windlass.daemon.resource.GpuNodeResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;

/** The cluster as the world's actors see it: informers, which may lag behind a little. */
final class ClusterCache implements AutoCloseable {
  static final ResourceDefinitionContext POD_GROUPS =
      new ResourceDefinitionContext.Builder()
          .withGroup("scheduling.x-k8s.io")
          .withVersion("v1alpha1")
          .withKind("PodGroup")
          .withPlural("podgroups")
          .withNamespaced(true)
          .build();
  private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Node> nodes;
  private final SharedIndexInformer<Deployment> deployments;
  private final SharedIndexInformer<ReplicaSet> replicaSets;
  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<DaemonSet> daemonSets;
  private final SharedIndexInformer<GenericKubernetesResource> podGroups;
  private final SharedIndexInformer<GpuNodeResource> gpuNodes;

  ClusterCache(KubernetesClient client) {
    pods = kept(client.pods().inAnyNamespace().inform());
    nodes = kept(client.nodes().inform());
    deployments = kept(client.apps().deployments().inAnyNamespace().inform());
    replicaSets = kept(client.apps().replicaSets().inAnyNamespace().inform());
    jobs = kept(client.batch().v1().jobs().inAnyNamespace().inform());
    daemonSets = kept(client.apps().daemonSets().inAnyNamespace().inform());
    podGroups = kept(client.genericKubernetesResources(POD_GROUPS).inAnyNamespace().inform());
    gpuNodes = kept(client.resources(GpuNodeResource.class).inform());
  }

  private <T> SharedIndexInformer<T> kept(SharedIndexInformer<T> informer) {
    informers.add(informer);
    return informer;
  }

  List<Pod> pods() {
    return pods.getStore().list();
  }

  List<Pod> podsOf(HasMetadata owner) {
    return pods().stream().filter(pod -> Pods.ownedBy(pod, owner)).toList();
  }

  List<Node> nodes() {
    return nodes.getStore().list();
  }

  List<Deployment> deployments() {
    return deployments.getStore().list();
  }

  List<ReplicaSet> replicaSets() {
    return replicaSets.getStore().list();
  }

  List<Job> jobs() {
    return jobs.getStore().list();
  }

  List<DaemonSet> daemonSets() {
    return daemonSets.getStore().list();
  }

  List<GenericKubernetesResource> podGroups() {
    return podGroups.getStore().list();
  }

  List<GpuNodeResource> gpuNodes() {
    return gpuNodes.getStore().list();
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }
}
