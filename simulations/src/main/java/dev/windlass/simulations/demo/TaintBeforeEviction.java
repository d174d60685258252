package dev.windlass.simulations.demo;

import dev.windlass.core.model.Keys;
import dev.windlass.simulations.world.Nodes;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A node carried the removal taint, and the label that takes it out of load balancers, before its
 * first pod was evicted.
 */
final class TaintBeforeEviction implements AuditRule {
  private final KubernetesClient client;
  private final List<String> violations = new ArrayList<>();
  private int evictions;

  TaintBeforeEviction(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public synchronized void podChanged(Change<Pod> change) {
    if (!Evictions.begins(change)) {
      return;
    }
    evictions++;
    Pod pod = change.latest();
    Node node = client.nodes().withName(Pods.node(pod)).get();
    if (node == null) {
      violations.add("node " + Pods.node(pod) + " is gone, " + Pods.key(pod) + " is not");
      return;
    }
    if (!Nodes.hasTaint(node, Keys.DISRUPTED)) {
      violations.add("node " + Pods.node(pod) + " had no removal taint");
    }
    Map<String, String> labels = node.getMetadata().getLabels();
    if (labels == null || !labels.containsKey(Keys.EXCLUDE_FROM_LOAD_BALANCERS)) {
      violations.add("node " + Pods.node(pod) + " was still behind load balancers");
    }
  }

  @Override
  public synchronized String promise() {
    return "taint and load-balancer label came before each of " + evictions + " evictions";
  }

  @Override
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
