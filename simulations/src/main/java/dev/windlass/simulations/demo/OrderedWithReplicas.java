package dev.windlass.simulations.demo;

import dev.windlass.simulations.cloud.CloudOrder;
import dev.windlass.simulations.cloud.Fleet;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.List;

/**
 * The machines for a workload's replicas were ordered in the ticks that decided on them. Which tick
 * it was is read from the daemon's record; that both happened, from API server and cloud.
 */
final class OrderedWithReplicas implements AuditRule {
  private final String deployment;
  private final String group;
  private final Fleet cloud;
  private final DecisionFeed feed;
  private boolean scaled;

  /**
   * Watches one workload.
   *
   * @param deployment its namespace and name
   * @param group the node group that its machines come from
   */
  OrderedWithReplicas(String deployment, String group, Fleet cloud, DecisionFeed feed) {
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
    return "machines for %s were ordered in the ticks that decided its replicas: %s"
        .formatted(deployment, growths());
  }

  /** The ticks that decided on more replicas. */
  private List<Long> growths() {
    return decisions("rep", deployment).stream()
        .filter(entry -> grows(entry.what()))
        .map(DecisionFeed.Entry::decision)
        .toList();
  }

  /** Whether a sentence like {@code NAME 1 → 2} is about more. */
  private static boolean grows(String what) {
    String[] words = what.split(" ", -1);
    return Integer.parseInt(words[words.length - 3]) < Integer.parseInt(words[words.length - 1]);
  }

  private List<DecisionFeed.Entry> decisions(String kind, String subject) {
    return feed.all().stream()
        .filter(entry -> entry.kind().equals(kind) && entry.what().startsWith(subject + " "))
        .toList();
  }

  @Override
  public synchronized List<String> violations() {
    List<String> violations = new ArrayList<>();
    List<CloudOrder> orders =
        cloud.orders().stream().filter(order -> order.group().value().equals(group)).toList();
    if (!scaled || orders.isEmpty()) {
      violations.add("it was never scaled, or no machine was ordered");
    }
    List<Long> growths = growths();
    List<Long> ordered = decisions("up", group).stream().map(DecisionFeed.Entry::decision).toList();
    if (growths.isEmpty() || !ordered.containsAll(growths)) {
      violations.add("replicas were decided in ticks " + growths + ", orders in " + ordered);
    }
    return violations;
  }
}
