package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupByGroup;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.OneByOne;
import dev.windlass.provider.spi.Receipt;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * Auto Scaling groups. The group's cloud id is its name; which of its types and zones a purchase
 * takes is the group's own choice. The service keeps no operation ids: a change reads the group
 * first and is done if the state that it asks for is there. A desired capacity is only ever set
 * upwards, from the expected one; between the read and the write, one round trip, another writer
 * goes unnoticed, since the service has no precondition.
 */
final class AwsProvider implements CloudProvider {
  private final AwsClients clients;
  private final InstantSource clock;
  private final GroupByGroup readings;
  private final Map<String, GroupReader> readers = new ConcurrentHashMap<>();

  AwsProvider(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
    this.readings = new GroupByGroup(clock);
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    return readings.observe(groups, this::describe);
  }

  private CloudOutcome<GroupView> describe(GroupReference group) {
    return outcome(
        () -> new CloudOutcome.Done<>(reader(group).read(group, clients.region(group.region()))));
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    return outcome(() -> {
      synchronized (reader(group)) {
        return increase(clients.region(group.region()), group.cloudId(), change);
      }
    });
  }

  private static CloudOutcome<Receipt> increase(RegionCalls calls, String name, Increase change) {
    AutoScalingGroup group = GroupReader.require(calls, name);
    int desired = group.desiredCapacity();
    if (desired == change.to()) {
      return new CloudOutcome.Done<>(Receipt.of(desired));
    }
    if (desired != change.from()) {
      return new CloudOutcome.Conflict<>(
          "Auto Scaling group " + name + " wants " + desired + ", not " + change.from());
    }
    if (change.to() > group.maxSize()) {
      return new CloudOutcome.Failed<>(
          new CloudFailure(
              Cause.CONFIG, "Auto Scaling group " + name + " has a maximum of " + group.maxSize()));
    }
    calls.setDesired(name, change.to());
    return new CloudOutcome.Done<>(Receipt.of(change.to()));
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    return OneByOne.delete(instances, each -> delete(group, each, operation));
  }

  @Override
  public CloudOutcome<Deletion> delete(
      GroupReference group, InstanceId instance, OperationId operation) {
    String id = MachineId.ec2Id(instance).orElse("");
    if (id.isEmpty()) {
      return new CloudOutcome.Failed<>(
          new CloudFailure(Cause.CONFIG, instance + " is not a machine of EC2"));
    }
    return outcome(() -> {
      synchronized (reader(group)) {
        return delete(clients.region(group.region()), group.cloudId(), id);
      }
    });
  }

  /** Only a member that is not on its way out: a second termination would lower the size again. */
  private static CloudOutcome<Deletion> delete(RegionCalls calls, String name, String id) {
    boolean alive =
        GroupReader.require(calls, name).instances().stream()
            .filter(each -> each.instanceId().equals(id))
            .anyMatch(each -> !isLeaving(each.lifecycleStateAsString()));
    if (!alive) {
      return new CloudOutcome.Done<>(new Deletion.Gone());
    }
    try {
      calls.terminate(id);
      return new CloudOutcome.Done<>(new Deletion.Accepted());
    } catch (AwsServiceException error) {
      if (isNotFound(error)) {
        return new CloudOutcome.Done<>(new Deletion.Gone());
      }
      throw error;
    }
  }

  private static boolean isLeaving(@Nullable String state) {
    return !LifecycleStates.exists(state)
        || LifecycleStates.state(state) == Instance.State.DELETING;
  }

  private static boolean isNotFound(AwsServiceException error) {
    return AwsErrors.code(error).equals("ValidationError")
        && AwsErrors.text(error).contains("No managed instance found");
  }

  private static <T> CloudOutcome<T> outcome(Supplier<CloudOutcome<T>> call) {
    try {
      return call.get();
    } catch (CallFailedException failed) {
      return new CloudOutcome.Failed<>(failed.failure());
    } catch (SdkException error) {
      return AwsErrors.ofChange(error);
    }
  }

  private GroupReader reader(GroupReference group) {
    return readers.computeIfAbsent(
        group.region() + "/" + group.cloudId(), _ -> new GroupReader(clock));
  }

  @Override
  public void close() {
    clients.close();
  }
}
