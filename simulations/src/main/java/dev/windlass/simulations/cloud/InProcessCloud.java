package dev.windlass.simulations.cloud;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import java.time.InstantSource;

/** The simulated cloud without HTTP: for simulations in virtual time. */
public final class InProcessCloud implements CloudProvider {
  private final CloudState state;
  private final InstantSource clock;

  public InProcessCloud(CloudState state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public CloudOutcome<GroupView> describe(GroupReference group) {
    return state.describe(group.cloudId(), clock.instant());
  }

  @Override
  public CloudOutcome<Integer> increase(
      GroupReference group, Increase change, OperationId operation) {
    return state.increase(group.cloudId(), change, operation, clock.instant());
  }

  @Override
  public CloudOutcome<Boolean> delete(
      GroupReference group, InstanceId instance, OperationId operation) {
    return state.delete(group.cloudId(), instance, operation, clock.instant());
  }

  @Override
  public void close() {}
}
