package dev.windlass.simulations.demo;

import dev.windlass.simulations.apiserver.AggregatedApi;
import dev.windlass.simulations.apiserver.EmbeddedApiServer;
import dev.windlass.simulations.cloud.CloudDelays;
import dev.windlass.simulations.cloud.Fleet;
import dev.windlass.simulations.cloud.MachineBoot;
import dev.windlass.simulations.world.MetricsApis;
import dev.windlass.simulations.world.Pace;
import dev.windlass.simulations.world.World;
import dev.windlass.simulations.world.Writes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything around the daemon: API server, cloud, machines, scheduler, kubelets, controllers. */
final class DemoStage implements AutoCloseable {
  /** The daemon's account, to which the manifests of its rights refer. */
  private static final String DAEMON_ACCOUNT = "system:serviceaccount:windlass-system:windlass";

  private static final List<String> RIGHTS = List.of("rbac.yaml");

  private final EmbeddedApiServer server;
  private final KubernetesClient admin;
  private final KubernetesClient worldClient;
  private final KubernetesClient machinesClient;
  private final DemoCloud cloud;
  private final MachineBoot machines;
  private final World world;
  private final List<Writes> writes = new ArrayList<>();

  /** Sets everything up; machines boot and pods start from now on. */
  DemoStage(Scenario scenario, Pace pace, InstantSource clock) {
    this(scenario, DemoProvider.SIMULATED, new MetricsApis(clock), pace, clock);
  }

  /** The same with metrics that others read too. */
  DemoStage(
      Scenario scenario,
      DemoProvider provider,
      MetricsApis metrics,
      Pace pace,
      InstantSource clock) {
    EmbeddedApiServer.Builder builder =
        EmbeddedApiServer.builder()
            .user(Clients.ADMIN, "demo-admin", "system:masters")
            .user(Clients.WORLD, "demo-world", "system:masters")
            .user(Clients.MACHINES, "demo-machines", "system:masters")
            .user(Clients.DAEMON, DAEMON_ACCOUNT, "system:serviceaccounts");
    for (AggregatedApi api : metrics.all()) {
      builder.aggregatedApi(api);
    }
    server = builder.build().start();
    admin = Clients.of(server.uri(), Clients.ADMIN);
    worldClient = Clients.of(server.uri(), Clients.WORLD);
    machinesClient = Clients.of(server.uri(), Clients.MACHINES);
    Installation installation = new Installation(admin);
    installation.install(RIGHTS);
    ScaledResources scaled = new ScaledResources(pace);
    scenario.initial().forEach(object -> installation.create(scaled.object(object)));
    cloud =
        DemoClouds.of(
            provider,
            Installation.cloudGroups(scenario),
            CloudDelays.USUAL.dividedBy(pace.speed()),
            clock);
    machines = new MachineBoot(cloud.fleet(), writes(machinesClient), clock);
    world = new World(worldClient, machines, writes(worldClient), pace, clock);
    metrics.connect(world);
  }

  private Writes writes(KubernetesClient client) {
    Writes made = new Writes(client);
    writes.add(made);
    return made;
  }

  KubernetesClient admin() {
    return admin;
  }

  Fleet fleet() {
    return cloud.fleet();
  }

  URI apiServer() {
    return server.uri();
  }

  Map<String, Map<String, String>> providers() {
    return cloud.providers();
  }

  /**
   * What the API server refused to the world for no reason that the world expects, since the last
   * call.
   */
  List<String> takeFailures() {
    return writes.stream().flatMap(made -> made.takeFailures().stream()).toList();
  }

  @Override
  public void close() {
    world.close();
    machines.close();
    cloud.close();
    machinesClient.close();
    worldClient.close();
    admin.close();
    server.close();
  }
}
