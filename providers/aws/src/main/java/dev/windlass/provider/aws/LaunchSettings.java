package dev.windlass.provider.aws;

import dev.windlass.core.model.Purchase;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.InstancesDistribution;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;

/**
 * What a group launches.
 *
 * @param template its launch template, or null for a launch configuration
 * @param overrides of the template in a mixed instances policy; empty for the template alone
 * @param purchases how a mixed instances policy pays; empty where the template says it
 */
record LaunchSettings(
    @Nullable LaunchTemplateSpecification template,
    List<LaunchTemplateOverrides> overrides,
    Set<Purchase> purchases) {

  static LaunchSettings of(AutoScalingGroup group) {
    MixedInstancesPolicy policy = group.mixedInstancesPolicy();
    if (policy == null || policy.launchTemplate() == null) {
      return new LaunchSettings(group.launchTemplate(), List.of(), Set.of());
    }
    return new LaunchSettings(
        policy.launchTemplate().launchTemplateSpecification(),
        policy.launchTemplate().overrides(),
        purchases(policy.instancesDistribution()));
  }

  /** All on demand unless the policy says otherwise. */
  private static Set<Purchase> purchases(@Nullable InstancesDistribution distribution) {
    if (distribution == null) {
      return EnumSet.of(Purchase.ON_DEMAND);
    }
    Integer base = distribution.onDemandBaseCapacity();
    Integer percent = distribution.onDemandPercentageAboveBaseCapacity();
    if (percent == null || percent >= 100) {
      return EnumSet.of(Purchase.ON_DEMAND);
    }
    boolean isAllSpot = percent == 0 && (base == null || base == 0);
    return isAllSpot ? EnumSet.of(Purchase.SPOT) : EnumSet.allOf(Purchase.class);
  }
}
