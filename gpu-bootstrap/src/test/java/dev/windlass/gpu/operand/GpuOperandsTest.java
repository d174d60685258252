package dev.windlass.gpu.operand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.windlass.core.gpu.GpuOperandPods;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Keys;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime;
import dev.windlass.gpu.operand.StackSettings.Driver;
import dev.windlass.gpu.operand.StackSettings.Mig;
import dev.windlass.gpu.operand.StackSettings.MigStrategy;
import dev.windlass.gpu.operand.StackSettings.Plugin;
import dev.windlass.gpu.operand.StackSettings.Sharing;
import dev.windlass.gpu.operand.StackSettings.SharingStrategy;
import dev.windlass.gpu.operand.StackSettings.Validation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests, word for word, and what must hold for all of them. */
class GpuOperandsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/windlass/gpu/operand");

  /** Stacks by the name of their golden file. */
  private static final Map<String, StackSettings> STACKS =
      Map.of(
          "usual", StackSettings.usual(new GpuStackName("cuda")),
          "container-time-slicing",
              new StackSettings(
                  new GpuStackName("shared"),
                  new Driver(
                      Driver.Source.CONTAINER, new DriverWish(595, null, null), "ubuntu22.04"),
                  ContainerRuntime.USUAL,
                  new Plugin(
                      "nvidia.com/gpu", new Sharing(SharingStrategy.TIME_SLICING, 4), Mig.NONE),
                  Validation.USUAL),
          "dynamic-mig",
              new StackSettings(
                  new GpuStackName("claimed"),
                  Driver.PREINSTALLED,
                  ContainerRuntime.USUAL,
                  new Plugin(
                      "gpu.nvidia.com",
                      Sharing.EXCLUSIVE,
                      new Mig(MigStrategy.MIXED, "all-1g.10gb"),
                      true),
                  Validation.USUAL),
          "mps",
              new StackSettings(
                  new GpuStackName("mps"),
                  Driver.PREINSTALLED,
                  ContainerRuntime.USUAL,
                  new Plugin("nvidia.com/gpu", new Sharing(SharingStrategy.MPS, 8), Mig.NONE),
                  Validation.USUAL,
                  true),
          "mig-unvalidated",
              new StackSettings(
                  new GpuStackName("mig"),
                  Driver.PREINSTALLED,
                  new ContainerRuntime(false, "nvidia-legacy", ContainerRuntime.Configurer.TOOLKIT),
                  new Plugin(
                      "nvidia.com/gpu",
                      Sharing.EXCLUSIVE,
                      new Mig(MigStrategy.MIXED, "all-1g.10gb")),
                  new Validation(false, "unused")));

  static Stream<String> names() {
    return STACKS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("names")
  void rendersTheSameManifestsAsEver(String name) throws IOException {
    Path golden = GOLDEN.resolve(name + ".yaml");
    String rendered = yaml(GpuOperands.forStack(stack(name)));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, rendered);
    }

    assertThat(rendered)
        .as("run with -Dgolden.update=true and read the difference")
        .isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("names")
  void toleratesTheStartupTaintAndAnyOtherThatKeepsPodsAway(String name) {
    assertThat(daemonSets(name))
        .allSatisfy(set ->
            assertThat(pod(set).getTolerations())
                .containsExactly(new Toleration("NoSchedule", null, "Exists", null, null)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void keepsTheServiceAccountTokenFromEveryPod(String name) {
    assertThat(daemonSets(name))
        .filteredOn(set -> !pod(set).getServiceAccountName().equals("windlass-gpu-dra"))
        .isNotEmpty()
        .allMatch(set -> Boolean.FALSE.equals(pod(set).getAutomountServiceAccountToken()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void pinsEveryImageByDigestButTheDriverContainers(String name) {
    boolean driver = stack(name).driver().source() == Driver.Source.CONTAINER;

    assertThat(containers(name).map(Container::getImage))
        .filteredOn(image -> !image.startsWith("nvcr.io/nvidia/driver:") || !driver)
        .isNotEmpty()
        .allMatch(image -> image.matches("[a-z0-9./:-]+[A-Za-z0-9._-]*@sha256:[0-9a-f]{64}"));
    assertThat(GpuOperands.unpinned(GpuOperands.forStack(stack(name))))
        .isEqualTo(driver ? List.of("nvcr.io/nvidia/driver:595.91.07-ubuntu22.04") : List.of());
  }

  @Test
  void runsTheDriverImageThatTheStackPins() {
    String image = "registry.example.com/driver@sha256:" + "0".repeat(64);
    StackSettings pinned =
        new StackSettings(
            new GpuStackName("pinned"),
            new Driver(
                Driver.Source.CONTAINER,
                DriverWish.NONE,
                Driver.USUAL_OPERATING_SYSTEM,
                null,
                null,
                image),
            ContainerRuntime.USUAL,
            Plugin.EXCLUSIVE,
            Validation.USUAL);

    assertThat(GpuOperands.unpinned(GpuOperands.forStack(pinned))).isEmpty();
    assertThat(GpuOperands.forStack(pinned).toString()).contains(image);
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesPrivilegeOnlyToWhatLoadsModulesOrConfiguresTheHost(String name) {
    Set<String> privileged =
        containers(name)
            .filter(each -> Boolean.TRUE.equals(each.getSecurityContext().getPrivileged()))
            .map(Container::getName)
            .collect(Collectors.toSet());
    Set<String> allowed =
        name.equals("mps")
            ? Set.of("toolkit", "device-plugin", "mps-control-daemon")
            : Set.of("driver", "toolkit", "partition", "dra-driver");

    assertThat(allowed).containsAll(privileged);
  }

  @ParameterizedTest
  @MethodSource("names")
  void dropsEveryCapabilityElsewhere(String name) {
    assertThat(
            containers(name)
                .filter(each -> !Boolean.TRUE.equals(each.getSecurityContext().getPrivileged())))
        .isNotEmpty()
        .allMatch(each -> each.getSecurityContext().getCapabilities().getDrop().contains("ALL"))
        .filteredOn(each -> !each.getName().equals("exporter"))
        .allMatch(
            each -> Boolean.FALSE.equals(each.getSecurityContext().getAllowPrivilegeEscalation()));
  }

  @Test
  void measuresDevicesWhereTheStackAsksForIt() {
    assertThat(daemonSets("usual"))
        .noneMatch(each -> each.getMetadata().getName().endsWith("-exporter"));
    Container exporter =
        containers("mps")
            .filter(each -> each.getName().equals("exporter"))
            .findFirst()
            .orElseThrow();

    assertThat(exporter.getSecurityContext().getCapabilities().getAdd())
        .containsExactly("SYS_ADMIN");
    assertThat(exporter.getPorts().getFirst().getContainerPort()).isEqualTo(9400);
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasOneDaemonSetForEachStepAndMountsWhatItDeclares(String name) {
    List<String> steps = new ArrayList<>();
    for (DaemonSet set : daemonSets(name)) {
      String step = set.getSpec().getTemplate().getMetadata().getLabels().get(Keys.GPU_STEP);
      if (step != null) {
        steps.add(step);
      }
      assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
          .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
      Set<String> volumes =
          pod(set).getVolumes().stream().map(each -> each.getName()).collect(Collectors.toSet());
      Set<String> mounted =
          containersOf(set)
              .flatMap(each -> each.getVolumeMounts().stream())
              .map(VolumeMount::getName)
              .collect(Collectors.toSet());
      assertThat(mounted).as(set.getMetadata().getName()).isEqualTo(volumes);
    }

    assertThat(steps).containsExactly("Driver", "Runtime", "DevicePlugin", "Validating");
  }

  @ParameterizedTest
  @CsvSource({"driver, 4", "toolkit, 3", "device-plugin, 2", "validator, 1"})
  void letsEachOperandOnNodesFromItsStepOn(String operand, int steps) {
    DaemonSet set =
        daemonSets("usual").stream()
            .filter(each -> each.getMetadata().getName().endsWith("-" + operand))
            .findFirst()
            .orElseThrow();

    List<String> admitted =
        pod(set)
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms()
            .getFirst()
            .getMatchExpressions()
            .getLast()
            .getValues();
    assertThat(admitted).hasSize(steps).endsWith("Validating");
  }

  @ParameterizedTest
  @MethodSource("names")
  void staysInItsNamespace(String name) {
    assertThat(GpuOperands.forStack(stack(name)))
        .filteredOn(each -> !Set.of("RuntimeClass", "DeviceClass").contains(each.getKind()))
        .allMatch(each -> each.getMetadata().getNamespace().equals(GpuOperandPods.NAMESPACE));
  }

  @Test
  void givesEachNodeTheDriverImageOfItsOwnSystem() {
    StackSettings mixed =
        new StackSettings(
            new GpuStackName("mixed"),
            new Driver(Driver.Source.CONTAINER, DriverWish.NONE, Driver.BY_NODE),
            ContainerRuntime.USUAL,
            Plugin.EXCLUSIVE,
            Validation.USUAL);

    Map<String, String> images =
        GpuOperands.forStack(mixed).stream()
            .filter(DaemonSet.class::isInstance)
            .map(DaemonSet.class::cast)
            .filter(each -> each.getMetadata().getName().contains("-driver"))
            .collect(
                Collectors.toMap(
                    each -> String.valueOf(systems(each)),
                    each -> pod(each).getContainers().getFirst().getImage()));

    assertThat(images)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "NotIn [ubuntu22.04, other]", "nvcr.io/nvidia/driver:580.178.04-ubuntu24.04",
                "In [ubuntu22.04]", "nvcr.io/nvidia/driver:580.178.04-ubuntu22.04"));
  }

  private static String systems(DaemonSet set) {
    NodeSelectorRequirement last =
        pod(set)
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms()
            .getFirst()
            .getMatchExpressions()
            .getLast();
    assertThat(last.getKey()).isEqualTo(Keys.GPU_SYSTEM);
    return last.getOperator() + " " + last.getValues();
  }

  @ParameterizedTest
  @CsvSource({
    "Ubuntu 24.04.2 LTS, ubuntu24.04",
    "Ubuntu 22.04.5 LTS, ubuntu22.04",
    "Red Hat Enterprise Linux 9.6 (Plow), rhel9.6",
    "Debian GNU/Linux 12 (bookworm), other",
    "Ubuntu 18.04.6 LTS, other",
    "'', ''"
  })
  void namesANodesSystemAsImagesDo(String name, String system) {
    assertThat(GpuOperands.system(name)).isEqualTo(system);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new Sharing(SharingStrategy.TIME_SLICING, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Mig(MigStrategy.SINGLE, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new Plugin(
                "nvidia.com/gpu",
                new Sharing(SharingStrategy.MPS, 2),
                new Mig(MigStrategy.SINGLE, "all-1g.10gb")))
        .hasMessageContaining("MPS");
    assertThatThrownBy(() -> GpuOperands.forStack(migStack("all-9g.10gb")))
        .hasMessageContaining("no GPU model has MIG layout all-9g.10gb");
  }

  @Test
  void cutsEachModelIntoItsOwnNumberOfPartitions() {
    String file = MigConfig.of("all-1g.10gb", GpuCatalogue.builtIn()).orElseThrow();

    assertThat(file).contains("\"1g.10gb\": 4", "\"1g.10gb\": 7", "0x20B010DE", "0x233010DE");
  }

  private static StackSettings migStack(String layout) {
    return new StackSettings(
        new GpuStackName("mig"),
        Driver.PREINSTALLED,
        ContainerRuntime.USUAL,
        new Plugin("nvidia.com/gpu", Sharing.EXCLUSIVE, new Mig(MigStrategy.SINGLE, layout)),
        Validation.USUAL);
  }

  private static StackSettings stack(String name) {
    StackSettings settings = STACKS.get(name);
    if (settings == null) {
      throw new IllegalArgumentException(name);
    }
    return settings;
  }

  private static List<DaemonSet> daemonSets(String name) {
    return GpuOperands.forStack(stack(name)).stream()
        .filter(DaemonSet.class::isInstance)
        .map(DaemonSet.class::cast)
        .toList();
  }

  private static Stream<Container> containers(String name) {
    return daemonSets(name).stream().flatMap(GpuOperandsTest::containersOf);
  }

  private static Stream<Container> containersOf(DaemonSet set) {
    return Stream.concat(pod(set).getInitContainers().stream(), pod(set).getContainers().stream());
  }

  private static PodSpec pod(DaemonSet set) {
    return set.getSpec().getTemplate().getSpec();
  }

  private static String yaml(List<HasMetadata> objects) throws JsonProcessingException {
    ObjectMapper mapper =
        YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    StringBuilder text = new StringBuilder();
    for (HasMetadata object : objects) {
      text.append(mapper.writeValueAsString(object));
    }
    return text.toString();
  }
}
