package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;

/**
 * Makes a group grow: with launches by token where the group allows them, else by raising its
 * desired capacity. For the latter the service has no precondition: between the read and the write,
 * one round trip, another writer goes unnoticed.
 */
final class Growth {
  private static final int REMEMBERED = 1000;

  private final Map<Effect, Receipt> settled =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Effect, Receipt> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** One operation on one group. */
  private record Effect(String group, OperationId operation) {}

  /** Grows; callers see to it that one group grows or shrinks at a time. */
  CloudOutcome<Receipt> increase(
      GroupReference reference, Increase change, OperationId operation, GroupCalls calls) {
    Effect effect = new Effect(reference.cloudId(), operation);
    Optional<Receipt> before = settled(effect);
    if (before.isPresent()) {
      return new CloudOutcome.Done<>(before.get());
    }
    AutoScalingGroup group = AwsProvider.require(calls, reference.cloudId());
    int desired = group.desiredCapacity();
    if (desired == change.to()) {
      return new CloudOutcome.Done<>(Receipt.of(desired));
    }
    if (desired != change.from()) {
      return new CloudOutcome.Conflict<>(
          "Auto Scaling group "
              + reference.cloudId()
              + " wants "
              + desired
              + ", not "
              + change.from());
    }
    Optional<CloudFailure> obstacle = obstacle(reference, group, change);
    if (obstacle.isPresent()) {
      return new CloudOutcome.Failed<>(obstacle.get());
    }
    Map<String, Integer> byZone = LaunchPlan.byZone(group, change);
    CloudOutcome<Receipt> outcome =
        byZone.isEmpty()
            ? raise(reference.cloudId(), change.to(), calls)
            : new TokenLaunch(reference, operation, calls).launch(change.from(), byZone);
    if (outcome instanceof CloudOutcome.Done<Receipt> done) {
      remember(effect, done.value());
    }
    return outcome;
  }

  private static Optional<CloudFailure> obstacle(
      GroupReference reference, AutoScalingGroup group, Increase change) {
    String name = "Auto Scaling group " + group.autoScalingGroupName();
    if (reference.queuedRun() != null) {
      return Optional.of(
          new CloudFailure(
              Cause.CONFIG, "AWS has no queue of machines; " + name + " asks for one"));
    }
    if (change.to() > group.maxSize()) {
      return Optional.of(
          new CloudFailure(Cause.CONFIG, name + " has a maximum of " + group.maxSize()));
    }
    if (GroupRemarks.suspended(group).contains("Launch")) {
      return Optional.of(
          new CloudFailure(Cause.CONFIG, name + " has its process Launch suspended"));
    }
    return Optional.empty();
  }

  /** An answer that did not come is settled by reading, as far as one reading can. */
  private static CloudOutcome<Receipt> raise(String name, int to, GroupCalls calls) {
    CloudOutcome<SetDesiredCapacityResponse> answer = calls.setDesired(name, to);
    if (!(answer instanceof CloudOutcome.Unknown<SetDesiredCapacityResponse>)) {
      return answer.map(_ -> Receipt.of(to));
    }
    List<AutoScalingGroup> now;
    try {
      now = calls.groups(List.of(name));
    } catch (CallFailedException _) {
      now = List.of();
    }
    boolean happened = now.stream().anyMatch(group -> group.desiredCapacity() == to);
    return happened ? new CloudOutcome.Done<>(Receipt.of(to)) : answer.map(_ -> Receipt.of(to));
  }

  private Optional<Receipt> settled(Effect effect) {
    synchronized (settled) {
      return Optional.ofNullable(settled.get(effect));
    }
  }

  private void remember(Effect effect, Receipt receipt) {
    synchronized (settled) {
      settled.put(effect, receipt);
    }
  }
}
