package dev.windlass.provider.aws;

import dev.windlass.provider.spi.GroupView.Remark;
import dev.windlass.provider.spi.GroupView.Remark.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/** What a person should know of an Auto Scaling group's settings. */
final class GroupRemarks {
  private static final String CLUSTER_AUTOSCALER = "k8s.io/cluster-autoscaler/enabled";
  private static final Set<String> NEEDED =
      Set.of("Launch", "Terminate", "HealthCheck", "ReplaceUnhealthy", "AddToLoadBalancer");

  private GroupRemarks() {}

  static List<Remark> of(AutoScalingGroup group) {
    List<Remark> remarks = new ArrayList<>();
    Set<String> suspended = suspended(group);
    if (group.availabilityZones().size() > 1 && !suspended.contains("AZRebalance")) {
      remarks.add(
          new Remark(
              Kind.RIVAL,
              "AZRebalance deletes machines without draining them; suspend it for this group"));
    }
    Map<String, String> tags = GroupTags.of(group);
    if (tags.containsKey(CLUSTER_AUTOSCALER)) {
      remarks.add(
          new Remark(
              Kind.RIVAL,
              "the tag "
                  + CLUSTER_AUTOSCALER
                  + " invites Cluster Autoscaler to change this group too"));
    }
    if (Boolean.TRUE.equals(group.capacityRebalance())) {
      remarks.add(
          new Remark(
              Kind.RIVAL,
              "capacity rebalancing launches machines beyond the size and deletes others"));
    }
    suspended.stream()
        .filter(NEEDED::contains)
        .sorted()
        .forEach(process ->
            remarks.add(new Remark(Kind.SUSPENDED, "the process " + process + " is suspended")));
    if (group.launchConfigurationName() != null) {
      remarks.add(
          new Remark(
              Kind.CONFIGURATION,
              "a launch configuration cannot be read and launches cannot be asked for by token;"
                  + " use a launch template"));
    }
    if (group.warmPoolConfiguration() != null) {
      remarks.add(
          new Remark(
              Kind.CONFIGURATION, "machines of the warm pool come first when the group grows"));
    }
    return remarks;
  }

  /** The processes that are suspended. */
  static Set<String> suspended(AutoScalingGroup group) {
    return group.suspendedProcesses().stream()
        .map(SuspendedProcess::processName)
        .collect(Collectors.toSet());
  }
}
