package dev.windlass.provider.aws;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/** The machines of an Auto Scaling group as it lists them. */
final class Members {
  private Members() {}

  /** Those that are or will be capacity, each once. */
  static Collection<Instance> capacity(AutoScalingGroup group) {
    Map<String, Instance> members = new LinkedHashMap<>();
    for (Instance each : group.instances()) {
      if (LifecycleStates.isCapacity(each.lifecycleStateAsString())) {
        members.put(each.instanceId(), each);
      }
    }
    return members.values();
  }

  /** Their EC2 ids. */
  static List<String> ids(AutoScalingGroup group) {
    return capacity(group).stream().map(Instance::instanceId).toList();
  }

  /** Whether fewer run than the group wants. */
  static boolean isShort(AutoScalingGroup group) {
    long running =
        group.instances().stream()
            .filter(each -> each.lifecycleState() == LifecycleState.IN_SERVICE)
            .count();
    return running < group.desiredCapacity();
  }

  /** Whether the size is not a number of machines. */
  static boolean areWeighted(AutoScalingGroup group) {
    return group.instances().stream().anyMatch(each -> each.weightedCapacity() != null)
        || LaunchSettings.of(group).overrides().stream()
            .anyMatch(each -> each.weightedCapacity() != null);
  }
}
