package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.kubernetes.KubernetesClients;
import dev.windlass.simulations.cloud.CloudOrder;
import dev.windlass.simulations.controlplane.AuditTrail;
import dev.windlass.simulations.controlplane.Binaries;
import dev.windlass.simulations.controlplane.GrantMutations;
import dev.windlass.simulations.controlplane.Grants;
import dev.windlass.simulations.controlplane.InstalledChart;
import dev.windlass.simulations.controlplane.RealControlPlane;
import dev.windlass.simulations.world.Annotations;
import dev.windlass.simulations.world.Pods;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The daemon under its chart's ServiceAccount on a real control plane: load, replicas, nodes, GPU
 * nodes, and all of it back again, with the machines of one provider.
 */
final class WholeLoop {
  /** What only a GpuStack with claims needs, one that changes, and one whose devices fail. */
  private static final Set<String> OF_OTHER_TESTS =
      Set.of(
          "create deviceclasses.resource.k8s.io",
          "delete daemonsets.apps",
          "patch deviceclasses.resource.k8s.io",
          "patch nodes/status.");

  private static final String CONFIGURATION =
      """
        pacing: {interval: 500ms, gather: 100ms}
        scaleDown: {unneededTime: 4s, delayAfterAdd: 2s, utilizationThreshold: 0.8}
        replicas: {downscaleStabilization: 2s, cpuInitializationPeriod: 1s, syncPeriod: 1s}
      """;

  private WholeLoop() {}

  /** Plays it once in an empty folder; fails where a promise was broken or a right was missing. */
  static void play(DemoProvider provider, Path folder) throws Exception {
    Binaries binaries = RealControlPlane.binaries();
    AuditTrail trail = AuditTrail.of(InstalledChart.USER, folder);
    try (RealStage stage =
            new RealStage(
                binaries, folder, provider, scenario(), CONFIGURATION, serverArguments(trail));
        ClusterWatch watch = new ClusterWatch(stage.admin());
        KubernetesClient identity =
            KubernetesClients.of(stage.plane().config(stage.chart().account()));
        Daemon daemon = Daemon.start(stage.chart().settings(), identity)) {
      BackToMinimum goal =
          new BackToMinimum(
              watch,
              stage.fleet(),
              stage.minNodes(),
              Map.of("default/web", 2, "default/model-server", 0));
      DemoAuditor auditor =
          new DemoAuditor(
              watch,
              List.of(
                  new BudgetsHeld(watch),
                  new TaintBeforeEviction(stage.admin()),
                  new MachineBeforeNode(stage.fleet(), InstantSource.system(), watch),
                  goal));
      RealControlPlane.await(
          () -> "it rests at its minimum: " + goal.violations(), () -> goal.violations().isEmpty());
      assertThat(running(watch, "app.kubernetes.io/name", "windlass"))
          .as("the chart's pods are admitted in a restricted namespace")
          .isEqualTo(2);

      grow(stage, watch);
      shrink(stage, daemon, watch);
      RealControlPlane.await(
          () -> "it is back at its minimum: " + goal.violations(),
          () -> goal.violations().isEmpty());

      assertThat(groupsGrown(stage)).as("groups that grew").isEqualTo(stage.minNodes().keySet());
      assertThat(auditor.findings())
          .allSatisfy(finding -> assertThat(finding.violations()).as(finding.promise()).isEmpty());
      assertThat(stage.takeFailures()).isEmpty();
      check(trail.calls(), Grants.unused(stage.chart().objects(), trail.calls(), groups(stage)));
      if (provider == DemoProvider.SIMULATED) {
        checkEachGrant(stage, trail.calls());
      }
    }
  }

  private static void grow(RealStage stage, ClusterWatch watch) {
    load(stage, "web", Annotations.CPU_LOAD, "3");
    RealControlPlane.await("ten web pods run", () -> running(watch, "app", "web") == 10);
    stage.submitTheRest();
    RealControlPlane.await("the reports run", () -> running(watch, "app", "reports") == 3);
    load(stage, "model-server", Annotations.METRIC_LOAD + "queue_depth", "16");
    RealControlPlane.await(
        "both model servers run", () -> running(watch, "app", "model-server") == 2);
  }

  /** The load goes; a budget keeps the node that has to be drained, until it is relaxed. */
  private static void shrink(RealStage stage, Daemon daemon, ClusterWatch watch) {
    load(stage, "web", Annotations.CPU_LOAD, "500m");
    load(stage, "model-server", Annotations.METRIC_LOAD + "queue_depth", "0");
    RealControlPlane.await(
        "the budget keeps a node",
        () ->
            watch.nodes().stream()
                .anyMatch(node ->
                    why(daemon, node.getMetadata().getName()).contains("DisruptionBudget")));
    stage
        .admin()
        .policy()
        .v1()
        .podDisruptionBudget()
        .inNamespace("default")
        .withName("reports")
        .edit(it ->
            new PodDisruptionBudgetBuilder(it)
                .editSpec()
                .withMinAvailable(new IntOrString(0))
                .endSpec()
                .build());
  }

  private static Set<NodeGroupName> groupsGrown(RealStage stage) {
    return stage.fleet().orders().stream()
        .filter(order -> order.to() > order.from())
        .map(CloudOrder::group)
        .collect(Collectors.toSet());
  }

  private static void check(List<AuditTrail.Call> calls, Set<String> unused) {
    assertThat(calls)
        .filteredOn(call -> call.resource().equals("pods/eviction") && call.status() == 201)
        .as("nodes were drained by evictions")
        .isNotEmpty();
    assertThat(calls).filteredOn(call -> call.status() == 403).as("rights missing").isEmpty();
    assertThat(unused).as("rights that nothing needs").isSubsetOf(OF_OTHER_TESTS);
  }

  /** Whatever verb is taken from whatever rule, something that the daemon did is refused. */
  private static void checkEachGrant(RealStage stage, List<AuditTrail.Call> calls)
      throws InterruptedException {
    GrantMutations.Result result =
        new GrantMutations(stage.admin(), calls).of(stage.chart().objects());
    assertThat(result.tried()).isGreaterThan(40);
    assertThat(result.unnoticed())
        .as("rights whose loss nobody notices")
        .hasSize(OF_OTHER_TESTS.size())
        .allMatch(it ->
            it.contains("deviceclasses")
                || it.contains("nodes/status")
                || (it.startsWith("delete of") && it.contains("daemonsets")));
  }

  /** With an audit log, and with pod groups as they are in this release: still behind a gate. */
  private static String[] serverArguments(AuditTrail trail) {
    return Stream.concat(
            Stream.of(trail.arguments()),
            Stream.of(
                "--runtime-config=scheduling.k8s.io/v1alpha2=true",
                "--feature-gates=GenericWorkload=true"))
        .toArray(String[]::new);
  }

  private static Set<String> groups(RealStage stage) {
    Set<String> groups = new HashSet<>(Set.of(""));
    stage.admin().getApiGroups().getGroups().forEach(group -> groups.add(group.getName()));
    return groups;
  }

  private static Scenario scenario() {
    return new Scenario(
        Scenario.read("real-cluster.yaml").stream()
            .map(object ->
                new Scenario.Entry(
                    Annotations.duration(object, Annotations.AT).orElse(Duration.ZERO), object))
            .toList());
  }

  private static void load(RealStage stage, String deployment, String annotation, String amount) {
    stage
        .admin()
        .resources(Deployment.class)
        .inNamespace("default")
        .withName(deployment)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"%s\": \"0m=%s\"}}}".formatted(annotation, amount));
  }

  private static String why(Daemon daemon, String node) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(daemon.uri().resolve("/api/v1/explain/node/" + node)).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException unanswered) {
      throw new UncheckedIOException(unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static long running(ClusterWatch watch, String label, String value) {
    return watch.pods().stream()
        .filter(pod -> value.equals(pod.getMetadata().getLabels().get(label)))
        .filter(pod -> Pods.isReady(pod) && !Pods.isEnding(pod))
        .count();
  }
}
