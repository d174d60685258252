package dev.windlass.simulations.demo;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.simulations.apiserver.AggregatedApi;
import dev.windlass.simulations.cloud.CloudDelays;
import dev.windlass.simulations.cloud.Fleet;
import dev.windlass.simulations.cloud.MachineBoot;
import dev.windlass.simulations.controlplane.AggregatedServer;
import dev.windlass.simulations.controlplane.Binaries;
import dev.windlass.simulations.controlplane.ControlPlane;
import dev.windlass.simulations.controlplane.InstalledChart;
import dev.windlass.simulations.world.MetricsApis;
import dev.windlass.simulations.world.Pace;
import dev.windlass.simulations.world.World;
import dev.windlass.simulations.world.Writes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demo's stage with a real control plane: real controllers and scheduler, kwok for the pods of
 * all kubelets, and of our own only machines, load and the agents on GPU nodes.
 */
final class RealStage implements AutoCloseable {
  private static final double SPEED = 40;

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final ControlPlane plane;
  private final KubernetesClient admin;
  private final InstalledChart chart;
  private final DemoCloud cloud;
  private final Scenario scenario;
  private final Writes writes;

  /**
   * Sets everything up.
   *
   * @param provider whose groups the scenario's machines are in
   * @param configuration of the daemon, indented by two, beside the clouds' addresses
   * @param serverArguments of kube-apiserver beside the usual ones
   */
  RealStage(
      Binaries binaries,
      Path folder,
      DemoProvider provider,
      Scenario scenario,
      String configuration,
      String... serverArguments)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.scenario = ProviderScenario.in(provider, scenario);
    InstantSource clock = InstantSource.system();
    Pace pace = new Pace(clock.instant(), SPEED);
    plane = opened(ControlPlane.start(binaries, folder, List.of(), serverArguments));
    plane.withControllers().withScheduler().withKubelets(binaries.stagesOfPods());
    admin = opened(plane.client(ControlPlane.ADMINISTRATOR));
    cloud =
        opened(
            DemoClouds.of(
                provider,
                Installation.cloudGroups(this.scenario),
                CloudDelays.USUAL.dividedBy(SPEED),
                clock));
    chart =
        InstalledChart.install(
            admin,
            "image: {repository: windlass}\nconfiguration:\n" + configuration + providers(),
            folder);
    Scenario.read("podgroups.yaml").forEach(object -> admin.resource(object).create());
    Installation installation = new Installation(admin);
    this.scenario.initial().forEach(installation::create);
    MetricsApis metrics = new MetricsApis(clock);
    List<AggregatedApi> apis = new ArrayList<>(metrics.all());
    apis.add(new NoOrders());
    AggregatedServer aggregated = opened(new AggregatedServer(apis, folder));
    aggregated.register(admin);
    writes = new Writes(admin);
    MachineBoot machines = opened(new MachineBoot(cloud.fleet(), writes, clock));
    metrics.connect(opened(World.besideControlPlane(admin, machines, writes, pace, clock)));
  }

  /** The key of the Configuration that names the clouds, indented by two. */
  String providers() {
    StringBuilder text = new StringBuilder("  providers:\n");
    cloud
        .providers()
        .forEach((kind, settings) -> {
          text.append("    ").append(kind).append(":\n");
          settings.forEach((key, value) -> text.append("      %s: \"%s\"\n".formatted(key, value)));
        });
    return text.toString();
  }

  /** An external metric that is always zero. */
  private static final class NoOrders implements AggregatedApi {
    @Override
    public String groupVersion() {
      return "external.metrics.k8s.io/v1beta1";
    }

    @Override
    public List<Resource> resources() {
      return List.of(new Resource("orders", "ExternalMetricValueList", true));
    }

    @Override
    public Optional<JsonNode> get(String path, Map<String, String> query) {
      ObjectNode list = JsonMapper.shared().createObjectNode();
      list.put("kind", "ExternalMetricValueList").put("apiVersion", groupVersion());
      list.putArray("items")
          .addObject()
          .put("metricName", "orders")
          .put("timestamp", Instant.now().toString())
          .put("value", "0");
      return Optional.of(list);
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    toClose.push(resource);
    return resource;
  }

  ControlPlane plane() {
    return plane;
  }

  KubernetesClient admin() {
    return admin;
  }

  InstalledChart chart() {
    return chart;
  }

  Fleet fleet() {
    return cloud.fleet();
  }

  /** The least nodes of each group. */
  Map<NodeGroupName, Integer> minNodes() {
    return Installation.minNodes(scenario);
  }

  /** Creates what the scenario keeps for later. */
  void submitTheRest() {
    Installation installation = new Installation(admin);
    scenario.later().forEach(entry -> installation.create(entry.object()));
  }

  /** What the API server refused to machines and agents for no reason that they expect. */
  List<String> takeFailures() {
    return writes.takeFailures();
  }

  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception failure) {
        throw new IllegalStateException("the stage could not be cleared", failure);
      }
    }
  }
}
