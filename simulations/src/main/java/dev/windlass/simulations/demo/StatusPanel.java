package dev.windlass.simulations.demo;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.simulations.cloud.Fleet;
import dev.windlass.simulations.world.Nodes;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The present state in a few lines, for the foot of a terminal. */
final class StatusPanel {
  private static final String RULE =
      "-".repeat(40) + "  # ready  + coming  - leaving  " + "-".repeat(8);

  private final ClusterWatch watch;
  private final Fleet cloud;
  private final String dashboard;

  StatusPanel(ClusterWatch watch, Fleet cloud, String dashboard) {
    this.watch = watch;
    this.cloud = cloud;
    this.dashboard = dashboard;
  }

  List<String> lines(String time) {
    List<String> lines = new ArrayList<>();
    lines.add(RULE);
    lines.add(
        "%s   $%.2f an hour   pods %d running, %d pending   %s"
            .formatted(
                time,
                cloud.hourlyCost().usdPerHour(),
                pods("Running"),
                pods("Pending"),
                dashboard));
    cloud.targets().forEach((group, target) -> lines.add(group(group, target)));
    lines.add(deployments());
    return lines;
  }

  private long pods(String phase) {
    return watch.pods().stream().filter(pod -> Pods.phase(pod).equals(phase)).count();
  }

  private String group(NodeGroupName group, int target) {
    List<Node> nodes =
        watch.nodes().stream()
            .filter(
                node -> group.value().equals(node.getMetadata().getLabels().get(Keys.NODE_GROUP)))
            .toList();
    long leaving = nodes.stream().filter(node -> Nodes.hasTaint(node, Keys.DISRUPTED)).count();
    long open =
        nodes.stream()
            .filter(node -> !Nodes.hasTaint(node, Keys.DISRUPTED))
            .filter(node -> Nodes.isReady(node) && !Nodes.hasTaint(node, Keys.GPU_NOT_READY))
            .count();
    long coming = Math.max(0, target - open - leaving);
    return "%-14s %s".formatted(group, bar('#', open) + bar('+', coming) + bar('-', leaving));
  }

  private static String bar(char mark, long count) {
    return String.valueOf(mark).repeat((int) Math.min(count, 50));
  }

  private String deployments() {
    StringBuilder line = new StringBuilder();
    watch.deployments().stream()
        .sorted(Comparator.comparing(Pods::key))
        .forEach(deployment -> line.append(deployment(deployment)).append("   "));
    return line.toString().strip();
  }

  private static String deployment(Deployment deployment) {
    int ready =
        deployment.getStatus() == null || deployment.getStatus().getReadyReplicas() == null
            ? 0
            : deployment.getStatus().getReadyReplicas();
    return "%s %d/%d"
        .formatted(deployment.getMetadata().getName(), ready, deployment.getSpec().getReplicas());
  }
}
