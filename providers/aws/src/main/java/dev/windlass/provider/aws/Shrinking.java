package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.TerminateInstanceInAutoScalingGroupResponse;

/**
 * Deletes machines of a group by their ids, each of which lowers its size by one. Only members that
 * are not on their way out: a second termination would lower the size again.
 */
final class Shrinking {
  private final GroupReference reference;
  private final GroupCalls calls;
  private final Map<InstanceId, Deletion> results = new LinkedHashMap<>();

  Shrinking(GroupReference reference, GroupCalls calls) {
    this.reference = reference;
    this.calls = calls;
  }

  /** Deletes; what is one too many for the minimum is the last in the order of ids. */
  CloudOutcome<Map<InstanceId, Deletion>> delete(List<InstanceId> instances) {
    AutoScalingGroup group = AwsProvider.require(calls, reference.cloudId());
    Map<InstanceId, String> deletable = new TreeMap<>();
    for (InstanceId instance : instances) {
      String id = MachineId.ec2Id(instance).orElse("");
      Optional<Deletion> known = known(group, instance, id);
      known.ifPresentOrElse(
          deletion -> results.put(instance, deletion), () -> deletable.put(instance, id));
    }
    int spare = group.desiredCapacity() - group.minSize();
    String unknown = "";
    for (Map.Entry<InstanceId, String> each : deletable.entrySet()) {
      if (spare <= 0) {
        results.put(each.getKey(), atMinimum(group.minSize()));
        continue;
      }
      CloudOutcome<Deletion> outcome = terminate(each.getValue());
      switch (outcome) {
        case CloudOutcome.Done<Deletion> done -> {
          results.put(each.getKey(), done.value());
          spare -= done.value() instanceof Deletion.Accepted ? 1 : 0;
        }
        case CloudOutcome.Failed<Deletion> failed ->
            results.put(each.getKey(), new Deletion.Failed(failed.failure()));
        case CloudOutcome.Conflict<Deletion> conflict ->
            results.put(
                each.getKey(),
                new Deletion.Failed(new CloudFailure(Cause.CONFLICT, conflict.message())));
        case CloudOutcome.Unknown<Deletion> open -> {
          unknown = each.getKey() + ": " + open.message();
          spare--;
        }
      }
    }
    return unknown.isEmpty()
        ? new CloudOutcome.Done<>(results)
        : new CloudOutcome.Unknown<>(unknown);
  }

  /** What is known of a machine without asking for its deletion. */
  private static Optional<Deletion> known(AutoScalingGroup group, InstanceId instance, String id) {
    if (id.isEmpty()) {
      return Optional.of(
          new Deletion.Failed(
              new CloudFailure(Cause.CONFIG, instance + " is not a machine of EC2")));
    }
    Optional<Instance> member =
        group.instances().stream().filter(each -> each.instanceId().equals(id)).findFirst();
    if (member.isEmpty()) {
      return Optional.of(new Deletion.Gone());
    }
    String state = member.get().lifecycleStateAsString();
    if (LifecycleStates.isSetAside(state)) {
      return Optional.of(new Deletion.Kept("it is on standby: " + state));
    }
    if (!LifecycleStates.isCapacity(state)) {
      return Optional.of(new Deletion.Gone());
    }
    return switch (LifecycleStates.state(state)) {
      case DELETING -> Optional.of(new Deletion.AlreadyDeleting());
      case CREATING, RUNNING, FAILED ->
          Boolean.TRUE.equals(member.get().protectedFromScaleIn())
              ? Optional.of(new Deletion.Kept("it is protected from scale-in"))
              : Optional.empty();
    };
  }

  private CloudOutcome<Deletion> terminate(String id) {
    CloudOutcome<TerminateInstanceInAutoScalingGroupResponse> answer =
        calls.terminate(reference.cloudId(), id);
    if (answer instanceof CloudOutcome.Failed<TerminateInstanceInAutoScalingGroupResponse> failed
        && failed.failure().code().equals("ValidationError")) {
      String message = failed.failure().message();
      if (message.contains("No managed instance found")) {
        return new CloudOutcome.Done<>(new Deletion.Gone());
      }
      if (message.contains("equals minSize")) {
        return new CloudOutcome.Done<>(new Deletion.Kept(message));
      }
    }
    return answer.map(_ -> new Deletion.Accepted());
  }

  private static Deletion atMinimum(int minimum) {
    return new Deletion.Kept("the Auto Scaling group has a minimum of " + minimum);
  }
}
