package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Makes the view of one Auto Scaling group of what was read, and reads why machines are missing.
 */
final class GroupReader {
  private final RegionCalls region;
  private final MachineFacts facts;
  private final LaunchFailures launchFailures = new LaunchFailures();
  private final NodegroupHealth health = new NodegroupHealth();

  GroupReader(RegionCalls region, MachineFacts facts) {
    this.region = region;
    this.facts = facts;
  }

  synchronized GroupView read(GroupReference reference, AutoScalingGroup group, Instant now) {
    if (Members.areWeighted(group)) {
      throw new CallFailedException(
          Cause.CONFIG,
          "Auto Scaling group "
              + group.autoScalingGroupName()
              + " counts in weights, so its size is not a number of machines; remove the weights");
    }
    List<Instance> instances =
        Members.capacity(group).stream().map(each -> instance(reference, each)).toList();
    boolean isShort = Members.isShort(group);
    List<GroupFailure> failures =
        launchFailures.canHaveNews(isShort)
            ? launchFailures.read(reference, region.groups(), isShort, now)
            : List.of();
    List<GroupView.Remark> remarks = new ArrayList<>(GroupRemarks.of(group));
    remarks.addAll(health.remarks(group, region, isShort, now));
    return new GroupView(
        group.desiredCapacity(),
        new GroupView.Limits(group.minSize(), group.maxSize()),
        instances,
        failures,
        remarks);
  }

  private Instance instance(
      GroupReference reference, software.amazon.awssdk.services.autoscaling.model.Instance member) {
    String type = member.instanceType();
    String zone = member.availabilityZone();
    Purchase likely = onlyPurchase(reference, type, zone).orElse(Purchase.ON_DEMAND);
    MachineFacts.Fact fact = facts.of(member.instanceId(), likely);
    return new Instance(
        MachineId.of(zone, member.instanceId()),
        reference.name(),
        new Variant(type, zone, fact.purchase()),
        LifecycleStates.state(member.lifecycleStateAsString()),
        fact.launchedAt(),
        null,
        fact.endsAt());
  }

  /** How a type in a zone is paid for, if the group's offerings leave no choice. */
  private static Optional<Purchase> onlyPurchase(
      GroupReference reference, String type, String zone) {
    List<Purchase> purchases =
        reference.offerings().stream()
            .map(Offering::variant)
            .filter(each -> each.instanceType().equals(type) && each.zone().equals(zone))
            .map(Variant::purchase)
            .distinct()
            .toList();
    return purchases.size() == 1 ? Optional.of(purchases.getFirst()) : Optional.empty();
  }
}
