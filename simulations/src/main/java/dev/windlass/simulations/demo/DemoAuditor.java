package dev.windlass.simulations.demo;

import java.util.List;

/** Watches the API server and the cloud beside the daemon, and holds it to its promises. */
final class DemoAuditor {
  private final List<AuditRule> rules;

  DemoAuditor(ClusterWatch watch, List<AuditRule> rules) {
    this.rules = List.copyOf(rules);
    watch.onPod(change -> this.rules.forEach(rule -> rule.podChanged(change)));
    watch.onNode(change -> this.rules.forEach(rule -> rule.nodeChanged(change)));
    watch.onDeployment(change -> this.rules.forEach(rule -> rule.deploymentChanged(change)));
  }

  /** One rule's result. */
  record Finding(String promise, List<String> violations) {
    boolean kept() {
      return violations.isEmpty();
    }
  }

  /** The result of every rule. */
  List<Finding> findings() {
    return rules.stream().map(rule -> new Finding(rule.promise(), rule.violations())).toList();
  }
}
