package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuHealth;
import dev.windlass.core.model.GpuNode;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OperationId;
import dev.windlass.gpu.operand.GpuOperands;
import dev.windlass.gpu.operand.StackSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GpuMappingsTest {
  private static Parsed<GpuStack> stack(String spec) {
    return Yaml.read(GpuStackResource.class, "metadata: {name: standard}\nspec: " + spec)
        .then(GpuStackMapping::parse);
  }

  @Test
  void emptyStackHasEveryDefault() {
    GpuStack usual =
        new GpuStack(
            new GpuStackName("standard"),
            "nvidia.com/gpu",
            Map.of(),
            3,
            GpuStack.Health.USUAL,
            new GpuStack.Upgrade(GpuStackVersion.of(GpuStackSpec.DEFAULT), 1));
    assertThat(Yaml.ok(stack("{}"))).isEqualTo(usual);
    GpuStackResource without = new GpuStackResource();
    without.setMetadata(new ObjectMetaBuilder().withName("standard").build());
    assertThat(Yaml.ok(GpuStackMapping.parse(without))).isEqualTo(usual);
  }

  @Test
  void deadlinesAreReadByPhase() {
    GpuStack stack =
        Yaml.ok(
            stack(
                "{maxAttempts: 2, devicePlugin: {mig: {strategy: Mixed, profile: all-1g.10gb}},"
                    + " deadlines: {launching: 1m, devicePlugin: 90s, validating: 2m}}"));
    assertThat(stack.deadlines())
        .isEqualTo(
            Map.of(
                GpuPhase.LAUNCHING, Duration.ofMinutes(1),
                GpuPhase.DEVICE_PLUGIN, Duration.ofSeconds(90),
                GpuPhase.VALIDATING, Duration.ofMinutes(2)));
    assertThat(stack.resource()).isEqualTo("nvidia.com/mig-1g.10gb");
    assertThat(stack.maxAttempts()).isEqualTo(2);
  }

  @Test
  void leavesTimeForABootWhereDevicesArePartitioned() {
    String mig = "devicePlugin: {mig: {strategy: Single, profile: all-1g.10gb}}";

    assertThat(Yaml.ok(stack("{" + mig + "}")).deadlines())
        .isEqualTo(Map.of(GpuPhase.DEVICE_PLUGIN, Duration.ofMinutes(15)));
    assertThat(Yaml.ok(stack("{" + mig + ", deadlines: {devicePlugin: 4m}}")).deadlines())
        .isEqualTo(Map.of(GpuPhase.DEVICE_PLUGIN, Duration.ofMinutes(4)));
    assertThat(Yaml.ok(stack("{}")).deadlines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{maxAttempts: 0} | spec.maxAttempts",
        "{maxAttempts: 11} | spec.maxAttempts",
        "{deadlines: {driver: soon}} | spec.deadlines.driver",
        "{deadlines: {driver: 0s}} | spec.deadlines.driver",
        "{deadlines: {drivers: 1m}} | spec.deadlines.drivers",
        "{driver: {source: Magic}} | spec.driver.source",
        "{validation: {image: example.com/check:1}} | spec.validation.image",
        "{driver: {source: Container, image: example.com/driver:580}} | spec.driver.image",
        "{driver: {branch: 580}} | spec.driver.branch",
        "{driver: {branch: '580', version: 595.1.2}} | spec.driver.version",
        "{devicePlugin: {sharing: {strategy: MPS}}} | spec.devicePlugin.sharing.replicas",
        "{devicePlugin: {sharing: {strategy: TimeSlicing, replicas: 1}}} |"
            + " spec.devicePlugin.sharing.replicas",
        "{devicePlugin: {mig: {strategy: Single}}} | spec.devicePlugin.mig.profile",
        "{devicePlugin: {mig: {strategy: Single, profile: 1g.10gb}}} |"
            + " spec.devicePlugin.mig.profile",
        "{devicePlugin: {sharing: {strategy: MPS, replicas: 2},"
            + " mig: {strategy: Single, profile: all-1g.10gb}}} |"
            + " spec.devicePlugin.sharing.strategy",
      })
  void badFieldOfAStackIsNamed(String spec, String field) {
    assertThat(Yaml.fields(stack(spec))).containsExactly(field);
  }

  private static Parsed<List<HasMetadata>> operands(String spec) {
    return Yaml.read(GpuStackResource.class, "metadata: {name: standard}\nspec: " + spec)
        .then(GpuStackMapping::operands);
  }

  @Test
  void defaultStackHasTheUsualOperands() {
    assertThat(Yaml.ok(operands("{}")))
        .isEqualTo(GpuOperands.forStack(StackSettings.usual(new GpuStackName("standard"))));
  }

  @Test
  void everyFieldOfAStackReachesItsOperands() {
    String usual = Serialization.asYaml(Yaml.ok(operands("{}")));
    for (String spec :
        List.of(
            "{driver: {source: Container}}",
            "{driver: {source: Container, branch: '595'}}",
            "{driver: {source: Container, version: 580.95.05}}",
            "{driver: {source: Container, operatingSystem: rhel9}}",
            "{driver: {source: Container, kernelModule: Open}}",
            "{driver: {source: Container, image:"
                + " example.com/driver@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}}",
            "{exporter: {enabled: true}}",
            "{runtime: {runtimeClass: mine}}",
            "{runtime: {cdi: false}}",
            "{runtime: {configuredBy: Agent}}",
            "{driver: {source: Host}}",
            "{devicePlugin: {sharing: {strategy: TimeSlicing, replicas: 4}}}",
            "{devicePlugin: {sharing: {strategy: MPS, replicas: 4}}}",
            "{devicePlugin: {mig: {strategy: Mixed, profile: all-1g.10gb}}}",
            "{validation: {image:"
                + " example.com/check@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}}",
            "{validation: {enabled: false}}")) {
      assertThat(Serialization.asYaml(Yaml.ok(operands(spec)))).as(spec).isNotEqualTo(usual);
    }
  }

  @Test
  void stackThatNoDriverFitsHasNoOperands() {
    assertThat(Yaml.fields(operands("{driver: {source: Container, branch: '111'}}")))
        .containsExactly("spec");
    assertThat(
            Yaml.fields(operands("{devicePlugin: {mig: {strategy: Single, profile: all-6g.1gb}}}")))
        .containsExactly("spec");
  }

  @Test
  void nodeTellsWhatIsFinishedAndWhatFailed() {
    GpuNode node =
        Yaml.ok(
            Yaml.read(
                    GpuNodeResource.class,
                    """
                    metadata: {name: node-1}
                    spec: {stack: standard, step: Runtime, operationId: op-2}
                    status:
                      finished: [{step: Driver, at: "2026-01-01T00:00:00Z"}]
                      failure: {step: Runtime, cause: ReloadFailed, message: it said no}
                    """)
                .then(GpuNodeMapping::parse));
    assertThat(node)
        .isEqualTo(
            new GpuNode(
                new NodeName("node-1"),
                new GpuStackName("standard"),
                new OperationId("op-2"),
                Map.of(GpuPhase.DRIVER, Instant.parse("2026-01-01T00:00:00Z")),
                new GpuFailure(GpuPhase.RUNTIME, "ReloadFailed", "it said no")));
  }

  @Test
  void nodeTellsWhenItsCloudTakesTheMachineAway() {
    GpuNode node =
        Yaml.ok(
            Yaml.read(
                    GpuNodeResource.class,
                    """
                    metadata: {name: n}
                    spec: {stack: s}
                    status:
                      interruption: {at: "2026-01-01T00:00:30Z", kind: Preempt, source: gcp}
                    """)
                .then(GpuNodeMapping::parse));

    assertThat(node.endsAt()).isEqualTo(Instant.parse("2026-01-01T00:00:30Z"));
  }

  @ParameterizedTest
  @CsvSource({"op-2, true", "op-1, false"})
  void refusalOfTheDaemonCountsForItsOwnOperation(String operation, boolean counts) {
    GpuNode node =
        Yaml.ok(
            Yaml.read(
                    GpuNodeResource.class,
                    """
                    metadata: {name: n}
                    spec:
                      {stack: s, step: Driver, operationId: op-2,
                       refusal: {operationId: %s, cause: NoGpuFound, message: none}}
                    """
                        .formatted(operation))
                .then(GpuNodeMapping::parse));
    assertThat(node.failure())
        .isEqualTo(counts ? new GpuFailure(GpuPhase.DRIVER, "NoGpuFound", "none") : null);
  }

  @Test
  void failureOfAnEarlierOperationNoLongerCounts() {
    GpuNode node =
        Yaml.ok(
            Yaml.read(
                    GpuNodeResource.class,
                    """
                    metadata: {name: n}
                    spec: {stack: s, step: Driver, operationId: op-2}
                    status: {operationId: op-1, failure: {step: Driver, cause: DriverBuildFailed}}
                    """)
                .then(GpuNodeMapping::parse));
    assertThat(node.failure()).isNull();
  }

  @Test
  void nodeWithoutStatusSaysNothing() {
    GpuNode node =
        Yaml.ok(
            Yaml.read(GpuNodeResource.class, "metadata: {name: n}\nspec: {stack: s}")
                .then(GpuNodeMapping::parse));
    assertThat(node.finished()).isEmpty();
    assertThat(node.failure()).isNull();
  }

  @Test
  void timeThatIsNoneIsNamed() {
    assertThat(
            Yaml.fields(
                Yaml.read(
                        GpuNodeResource.class,
                        """
                        metadata: {name: n}
                        spec: {stack: s}
                        status: {finished: [{step: Driver, at: yesterday}]}
                        """)
                    .then(GpuNodeMapping::parse)))
        .containsExactly("status.finished[0].at");
  }

  @ParameterizedTest
  @EnumSource(GpuNodeSpec.Step.class)
  void everyStepIsThatOfItsPhaseAndHasItsTitle(GpuNodeSpec.Step step) {
    if (GpuNodeMapping.repair(step).isPresent()) {
      GpuRepair repair = GpuNodeMapping.repair(step).orElseThrow();
      assertThat(GpuNodeMapping.step(repair)).contains(step);
      assertThat(step.name()).isEqualTo(repair.title());
    } else {
      GpuPhase phase = GpuNodeMapping.phase(step);
      assertThat(GpuNodeMapping.step(phase)).contains(step);
      assertThat(step.name()).isEqualTo(phase.title());
    }
  }

  @Test
  void readsWhatIsWrongWithTheDevices() {
    GpuNode node =
        Yaml.ok(
            Yaml.read(
                    GpuNodeResource.class,
                    """
                    metadata: {name: n}
                    spec: {stack: s}
                    status:
                      finished:
                        - {step: Reset, at: "2026-01-01T09:00:00Z"}
                        - {step: Reset, at: "2026-01-01T10:00:00Z"}
                        - {step: Driver, at: "2026-01-01T08:00:00Z"}
                      health:
                        xids:
                          - {xid: 94, device: GPU-1, at: "2026-01-01T11:00:00Z", pod: ml/train-0}
                          - {xid: 79, device: GPU-2, at: "2026-01-01T11:00:00Z"}
                        recoveries:
                          - {device: GPU-1, action: None}
                          - {device: GPU-2, action: NodeReboot}
                    """)
                .then(GpuNodeMapping::parse));

    assertThat(node.finished()).containsOnlyKeys(GpuPhase.DRIVER);
    assertThat(node.health())
        .isEqualTo(
            new GpuHealth(
                List.of(
                    new GpuHealth.Xid(
                        94,
                        "GPU-1",
                        Instant.parse("2026-01-01T11:00:00Z"),
                        new ObjectKey("ml", "train-0")),
                    new GpuHealth.Xid(79, "GPU-2", Instant.parse("2026-01-01T11:00:00Z"), null)),
                new TreeMap<>(Map.of("GPU-2", GpuRepair.REBOOT)),
                Map.of(GpuRepair.RESET, Instant.parse("2026-01-01T10:00:00Z"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{driver: {version: 580.178.04}}                                     | true",
        "{runtime: {cdi: false}}                                             | true",
        "{devicePlugin: {mig: {strategy: Single, profile: all-1g.10gb}}}     | true",
        "{devicePlugin: {sharing: {strategy: TimeSlicing, replicas: 4}}}     | false",
        "{maxAttempts: 5, deadlines: {driver: 20m}, upgrade: {maxSurge: 3}}  | false",
        "{validation: {enabled: false}, health: {repair: false, quiet: 20m}} | false",
      })
  void versionChangesWithWhatOnlyAnotherNodeCanChange(String spec, boolean another) {
    String usual = GpuStackVersion.of(GpuStackSpec.DEFAULT);

    assertThat(Yaml.ok(stack(spec)).upgrade().version().equals(usual)).isEqualTo(!another);
  }

  @Test
  void readsHowNodesAreRepairedAndUpgraded() {
    GpuStack stack =
        Yaml.ok(
            stack("{health: {repair: false, maxRepairs: 3, quiet: 20m}, upgrade: {maxSurge: 0}}"));

    assertThat(stack.health()).isEqualTo(new GpuStack.Health(false, 3, Duration.ofMinutes(20)));
    assertThat(stack.upgrade().maxSurge()).isZero();
  }
}
