package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Reads one Auto Scaling group: one request while it is whole and its machines are known, one more
 * for new machines, one more for activities while machines are missing. Used by one thread at a
 * time.
 */
final class GroupReader {
  private final InstantSource clock;
  private final MachineFacts facts;
  private final LaunchFailures launchFailures = new LaunchFailures();

  GroupReader(InstantSource clock) {
    this.clock = clock;
    this.facts = new MachineFacts(clock);
  }

  /** The group; a group that does not exist throws as a refusal. */
  static AutoScalingGroup require(RegionCalls calls, String name) {
    return calls
        .group(name)
        .orElseThrow(
            () -> new CallFailedException(Cause.CONFIG, "there is no Auto Scaling group " + name));
  }

  synchronized GroupView read(GroupReference reference, RegionCalls calls) {
    AutoScalingGroup group = require(calls, reference.cloudId());
    refuseWeights(group);
    List<Instance> instances = instances(reference, group, calls);
    boolean isShort = inService(group) < group.desiredCapacity();
    List<GroupFailure> failures =
        launchFailures.canHaveNews(isShort)
            ? launchFailures.read(
                reference.name(), reference.cloudId(), calls, isShort, clock.instant())
            : List.of();
    return new GroupView(group.desiredCapacity(), instances, failures);
  }

  /** Machines that count for the size: not those in standby or on their way. */
  private static long inService(AutoScalingGroup group) {
    return group.instances().stream()
        .filter(each -> each.lifecycleState() == LifecycleState.IN_SERVICE)
        .count();
  }

  private static void refuseWeights(AutoScalingGroup group) {
    if (group.instances().stream().anyMatch(each -> each.weightedCapacity() != null)) {
      throw new CallFailedException(
          Cause.CONFIG,
          "Auto Scaling group "
              + group.autoScalingGroupName()
              + " counts in weights, so its size is not a number of machines; remove the weights");
    }
  }

  private List<Instance> instances(
      GroupReference reference, AutoScalingGroup group, RegionCalls calls) {
    List<software.amazon.awssdk.services.autoscaling.model.Instance> members =
        group.instances().stream()
            .filter(each -> LifecycleStates.exists(each.lifecycleStateAsString()))
            .toList();
    facts.learn(members.stream().map(each -> each.instanceId()).toList(), calls);
    return members.stream().map(each -> instance(reference, each)).toList();
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
        null);
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
