package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.gpu.host.HostPlan;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Between the words of the resource and the pure conversation. */
class GpuNodeConversationTest {
  private static final String STACK =
      """
      metadata: {name: host}
      spec: {driver: {source: Host, compile: true}, runtime: {configuredBy: Agent}}
      """;

  private static final String FACTS =
      """
      facts:
          pciIds: ["10de:2330"]
          switches: 0
          system: {id: ubuntu, name: Ubuntu 24.04.1 LTS, runtime: "containerd://1.7.22", kubelet: v1.34.1}
      """;

  @Test
  void writesTheTaskWithAllThatTheAgentNeeds() {
    HostPlan plan = next("step: Driver, operationId: op-1", FACTS);

    assertThat(plan).isInstanceOf(HostPlan.Ask.class);
    GpuNodeTask task = GpuNodeConversation.written(((HostPlan.Ask) plan).task());
    assertThat(Serialization.asYaml(task))
        .isEqualTo(
            """
            ---
            id: "op-1.1"
            name: "driver-apt"
            arguments:
              BRANCH: "580"
              COMPILE: "yes"
              FABRIC: "none"
              MODULES: "open"
              VERSION: ""
            timeoutSeconds: 1200
            attempts: 3
            finishesStep: false
            """);
  }

  @ParameterizedTest
  @CsvSource({"Running, ''", "Succeeded, driver-load", "Failed, ''", "Stale, inspect-runtime"})
  void readsHowTheAgentsTaskEnded(String state, String next) {
    HostPlan plan =
        next(
            "step: Driver, operationId: op-1, task: {id: op-1.1, name: driver-apt}",
            "task: {id: op-1.1, state: " + state + "}\n  " + FACTS);

    assertThat(plan instanceof HostPlan.Ask(var task) ? task.work().title() : "").isEqualTo(next);
  }

  @Test
  void handsTheConfigurationOnThatTheAgentHasFound() {
    HostPlan plan =
        next(
            "step: Runtime, operationId: op-2, task: {id: op-2.2, name: inspect-runtime}",
            """
            task:
                id: op-2.2
                state: Succeeded
                configuration: {main: "version = 2", effective: "version = 2", fingerprint: abc}
            """
                + "  "
                + FACTS);

    assertThat(plan).isInstanceOf(HostPlan.Ask.class);
    GpuNodeTask task = GpuNodeConversation.written(((HostPlan.Ask) plan).task());
    assertThat(task.file()).isNotNull();
    assertThat(task.name()).isEqualTo("write-runtime");
    assertThat(Serialization.asYaml(task))
        .contains("/etc/containerd/config.toml", "basedOn: \"abc\"");
  }

  @Test
  void readsDevicesDriverAndNouveau() {
    String validating = "step: Validating, operationId: op-4, task: {id: op-4.1, name: facts}";
    String devices =
        """
        task: {id: op-4.1, state: Succeeded}
          facts:
            pciIds: ["10de:2330", "10de:2330"]
            switches: 4
            driverVersion: 580.178.04
            driverModules: open
            system: {id: ubuntu}
            devices:
              - {name: H100, uuid: GPU-1, fabric: Completed, uncorrectableErrors: 0}
              - {name: H100, uuid: GPU-2, fabric: %s, uncorrectableErrors: 0}
        """;

    assertThat(next(validating, devices.formatted("Completed"))).isEqualTo(new HostPlan.Keep());
    assertThat(next(validating, devices.formatted("In Progress")))
        .isEqualTo(new HostPlan.Refuse("FabricNotReady", "GPU-2 has fabric In Progress"));
    assertThat(
            next(
                "step: Validating, operationId: op-4, task: {id: op-4.1, name: facts}",
                "task: {id: op-4.1, state: Succeeded}\n"
                    + "  facts: {pciIds: [\"10de:2330\"], nouveau: true, system: {id: ubuntu}}"))
        .isInstanceOfSatisfying(
            HostPlan.Refuse.class, it -> assertThat(it.cause()).isEqualTo("NouveauLoaded"));
  }

  @Test
  void saysNothingBeforeTheFirstFacts() {
    assertThat(next("step: Driver, operationId: op-1", "operationId: op-0"))
        .isEqualTo(new HostPlan.Keep());
  }

  private static HostPlan next(String spec, String status) {
    String node = "metadata: {name: n}\nspec: {stack: host, " + spec + "}\nstatus:\n  " + status;
    return GpuNodeConversation.next(
        Yaml.ok(Yaml.read(GpuNodeResource.class, node)),
        Yaml.ok(Yaml.read(GpuStackResource.class, STACK)));
  }
}
