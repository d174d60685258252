package dev.windlass.simulations.cloud;

import dev.windlass.core.model.OperationId;
import dev.windlass.provider.simulated.SimulatedProviderFactory;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupReference;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Sells a machine of a cloud that is thrown away: a real one loads no classes while it is asked.
 */
public final class CloudRehearsal {
  private static final String TOKEN = "rehearsal";

  private CloudRehearsal() {}

  /** Sells one of the first group's. */
  public static void play(List<CloudGroup> groups, InstantSource clock) {
    CloudGroup group = groups.getFirst();
    CloudState cloud = new CloudState(CloudDelays.USUAL, groups, clock.instant());
    try (CloudHttp http = new CloudHttp(cloud, clock, TOKEN)) {
      new SimulatedProviderFactory()
          .create(Map.of("endpoint", http.uri().toString(), "token", TOKEN), CallBudget.UNLIMITED)
          .increase(
              new GroupReference(group.name(), group.cloudId(), "", group.offerings()),
              new Increase(0, 1, Map.of(group.offerings().getFirst().variant(), 1)),
              new OperationId("rehearsal"));
    }
  }
}
