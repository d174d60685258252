package dev.windlass.simulations.demo;

import dev.windlass.simulations.cloud.CloudOrder;
import dev.windlass.simulations.cloud.CloudState;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The machine for a workload's first replicas was ordered in the tick that decided on them. Which
 * tick it was is read from the daemon's record; that both happened, from API server and cloud.
 */
final class OrderedWithReplicas implements AuditRule {
  private final String deployment;
  private final String group;
  private final CloudState cloud;
  private final DecisionFeed feed;
  private boolean scaled;

  /**
   * Watches one workload.
   *
   * @param deployment its namespace and name
   * @param group the node group that its machines come from
   */
  OrderedWithReplicas(String deployment, String group, CloudState cloud, DecisionFeed feed) {
    this.deployment = deployment;
    this.group = group;
    this.cloud = cloud;
    this.feed = feed;
  }

  @Override
  public synchronized void deploymentChanged(Change<Deployment> change) {
    Deployment before = change.before();
    Deployment after = change.after();
    if (before != null && after != null && Pods.key(after).equals(deployment)) {
      scaled |= after.getSpec().getReplicas() > before.getSpec().getReplicas();
    }
  }

  @Override
  public synchronized String promise() {
    return "the machine for %s was ordered in the tick that decided its replicas: tick %s"
        .formatted(deployment, first("rep", deployment).map(String::valueOf).orElse("unknown"));
  }

  /** The tick of the first decision of a kind about a subject. */
  private Optional<Long> first(String kind, String subject) {
    return feed.all().stream()
        .filter(entry -> entry.kind().equals(kind) && entry.what().startsWith(subject + " "))
        .map(DecisionFeed.Entry::decision)
        .findFirst();
  }

  @Override
  public synchronized List<String> violations() {
    List<String> violations = new ArrayList<>();
    List<CloudOrder> orders =
        cloud.orders().stream().filter(order -> order.group().value().equals(group)).toList();
    if (!scaled || orders.isEmpty()) {
      violations.add("it was never scaled, or no machine was ordered");
    }
    Optional<Long> replicas = first("rep", deployment);
    Optional<Long> order = first("up", group);
    if (replicas.isEmpty() || !replicas.equals(order)) {
      violations.add("replicas were decided in tick " + replicas + ", the order in " + order);
    }
    return violations;
  }
}
