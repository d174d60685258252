package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** The controller of DaemonSets: one pod on each ready node that the pod's rules allow. */
final class DaemonSets implements Actor {
  private final Writes writes;

  DaemonSets(Writes writes) {
    this.writes = writes;
  }

  @Override
  public void step(ClusterCache cluster, Instant now) {
    for (DaemonSet daemonSet : cluster.daemonSets()) {
      Set<String> served =
          cluster.podsOf(daemonSet).stream().map(Pods::node).collect(Collectors.toSet());
      for (Node node : cluster.nodes()) {
        if (!served.contains(node.getMetadata().getName()) && Nodes.isReady(node)) {
          createIfAllowed(daemonSet, node);
        }
      }
    }
  }

  private void createIfAllowed(DaemonSet daemonSet, Node node) {
    String name = daemonSet.getMetadata().getName() + "-" + node.getMetadata().getName();
    Pod pod = PodFactory.create(daemonSet, daemonSet.getSpec().getTemplate(), name);
    pod.getSpec()
        .getTolerations()
        .add(
            new TolerationBuilder()
                .withKey("node.kubernetes.io/unschedulable")
                .withOperator("Exists")
                .withEffect("NoSchedule")
                .build());
    if (PodFit.allowed(pod.getSpec(), node)) {
      pod.getSpec().setNodeName(node.getMetadata().getName());
      writes.attempt("create pod " + name, client -> client.resource(pod).create());
    }
  }
}
