package dev.windlass.provider.testkit.aws;

import java.util.List;
import java.util.Map;

/**
 * A managed node group of EKS.
 *
 * @param autoScalingGroup the group that it manages
 * @param status {@code ACTIVE}, {@code DEGRADED} …
 * @param labels of its nodes
 * @param taints of its nodes, as {@code key=value:NO_SCHEDULE}
 * @param issues health issues, messages by code
 */
public record AwsNodegroup(
    String autoScalingGroup,
    String status,
    Map<String, String> labels,
    List<String> taints,
    Map<String, String> issues) {
  public AwsNodegroup {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    issues = Map.copyOf(issues);
  }
}
