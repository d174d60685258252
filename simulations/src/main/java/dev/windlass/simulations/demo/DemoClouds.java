package dev.windlass.simulations.demo;

import dev.windlass.simulations.cloud.CloudDelays;
import dev.windlass.simulations.cloud.CloudGroup;
import java.time.InstantSource;
import java.util.List;

/** The clouds of a demo. */
final class DemoClouds {
  private DemoClouds() {}

  /** The cloud, or the clouds, of a provider, with these groups. */
  static DemoCloud of(
      DemoProvider provider, List<CloudGroup> groups, CloudDelays delays, InstantSource clock) {
    return switch (provider) {
      case SIMULATED -> new SimulatedDemoCloud(groups, delays, clock);
      case AWS, AZURE, GCP, ALL -> new FakeDemoCloud(provider, groups, delays, clock);
    };
  }
}
