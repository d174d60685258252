package dev.windlass.provider.aws;

import dev.windlass.provider.spi.CloudProvider.Increase;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/** Whether machines can be launched by token, and in which zones. */
final class LaunchPlan {
  private LaunchPlan() {}

  /**
   * How many machines to launch in each zone; empty if the group has to choose: a launch by token
   * needs a launch template, one way to pay, no warm machines that would be passed over, and a
   * zone.
   */
  static SortedMap<String, Integer> byZone(AutoScalingGroup group, Increase change) {
    LaunchSettings settings = LaunchSettings.of(group);
    boolean allowed =
        settings.template() != null
            && settings.purchases().size() <= 1
            && group.warmPoolConfiguration() == null;
    if (!allowed) {
      return new TreeMap<>();
    }
    int wanted = change.to() - change.from();
    if (group.availabilityZones().size() == 1) {
      return new TreeMap<>(Map.of(group.availabilityZones().getFirst(), wanted));
    }
    SortedMap<String, Integer> zones = new TreeMap<>();
    change.machines().forEach((variant, count) -> zones.merge(variant.zone(), count, Integer::sum));
    int named = zones.values().stream().mapToInt(Integer::intValue).sum();
    boolean inGroup = group.availabilityZones().containsAll(zones.keySet());
    return named == wanted && inGroup ? zones : new TreeMap<>();
  }
}
