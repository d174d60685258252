package dev.windlass.simulations.demo;

import dev.windlass.simulations.cloud.CloudDelays;
import dev.windlass.simulations.cloud.CloudGroup;
import dev.windlass.simulations.cloud.CloudHttp;
import dev.windlass.simulations.cloud.CloudState;
import dev.windlass.simulations.cloud.Fleet;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The simulated cloud behind its HTTP interface. */
final class SimulatedDemoCloud implements DemoCloud {
  private static final String TOKEN = "demo-cloud";

  private final CloudState state;
  private final CloudHttp http;

  SimulatedDemoCloud(List<CloudGroup> groups, CloudDelays delays, InstantSource clock) {
    state = new CloudState(delays, groups, clock.instant());
    http = new CloudHttp(state, clock, TOKEN);
  }

  @Override
  public Fleet fleet() {
    return state;
  }

  @Override
  public Map<String, Map<String, String>> providers() {
    return Map.of("simulated", Map.of("endpoint", http.uri().toString(), "token", TOKEN));
  }

  @Override
  public void close() {
    http.close();
  }
}
