package dev.windlass.simulations.cloud;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.OneByOne;
import dev.windlass.provider.spi.Receipt;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The simulated cloud without HTTP: for simulations in virtual time. */
public final class InProcessCloud implements CloudProvider {
  private final CloudState state;
  private final InstantSource clock;
  private long generation;

  public InProcessCloud(CloudState state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    Map<NodeGroupName, CloudOutcome<GroupView>> seen = new HashMap<>();
    for (GroupReference group : groups) {
      seen.put(group.name(), state.describe(group.cloudId(), clock.instant()));
    }
    return new Observation(++generation, clock.instant(), seen);
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    return state.increase(group.cloudId(), change, operation, clock.instant()).map(Receipt::of);
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    return OneByOne.delete(
        instances,
        each ->
            state
                .delete(group.cloudId(), each, operation, clock.instant())
                .map(deleted -> deleted ? new Deletion.Accepted() : new Deletion.Gone()));
  }

  @Override
  public void close() {}
}
