package dev.windlass.simulations.demo;

import dev.windlass.core.model.InstanceId;
import dev.windlass.simulations.cloud.Fleet;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.Node;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A Node object was deleted only after its machine was gone, and no workload was left on it. */
final class MachineBeforeNode implements AuditRule {
  private final Fleet cloud;
  private final InstantSource clock;
  private final ClusterWatch watch;
  private final List<String> violations = new ArrayList<>();
  private int deleted;

  MachineBeforeNode(Fleet cloud, InstantSource clock, ClusterWatch watch) {
    this.cloud = cloud;
    this.clock = clock;
    this.watch = watch;
  }

  @Override
  public synchronized void nodeChanged(Change<Node> change) {
    if (change.after() != null) {
      return;
    }
    deleted++;
    Node node = change.latest();
    String name = node.getMetadata().getName();
    InstanceId machine = new InstanceId(node.getSpec().getProviderID());
    if (cloud.has(machine, clock.instant())) {
      violations.add("Node " + name + " was deleted while the cloud still had " + machine);
    }
    watch.pods().stream()
        .filter(pod -> Pods.node(pod).equals(name))
        .filter(pod -> !Pods.isDaemon(pod) && !Pods.isTerminal(pod) && !Pods.isEnding(pod))
        .forEach(pod -> violations.add("pod " + Pods.key(pod) + " was lost with node " + name));
  }

  @Override
  public synchronized String promise() {
    return "Node objects went only after their machines, and no pod with them: " + deleted;
  }

  @Override
  public synchronized List<String> violations() {
    List<String> all = new ArrayList<>(violations);
    if (deleted == 0) {
      all.add("no node was removed, so nothing was put to the test");
    }
    return all;
  }
}
