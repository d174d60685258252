package dev.windlass.gpu.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.gpu.catalogue.PciId;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.facts.GpuFacts;
import dev.windlass.gpu.host.HostPlan.Ask;
import dev.windlass.gpu.host.HostTask.Content;
import dev.windlass.gpu.host.TaskEnd.RuntimeTexts;
import dev.windlass.gpu.host.TaskEnd.State;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.operand.StackSettings.Mig;
import dev.windlass.gpu.operand.StackSettings.MigStrategy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From what an agent says to what it is asked next. */
class HostStepsTest {
  private static final String DEFAULT = "version = 2\nimports = [\"/etc/containerd/conf.d/*\"]\n";

  @ParameterizedTest
  @CsvSource({
    "ubuntu, driver-apt gpu:one:1.1",
    "debian, driver-apt gpu:one:1.1",
    "amzn, driver-dnf gpu:one:1.1",
    "azurelinux, driver-tdnf gpu:one:1.1",
    "cos, driver-cos finishes gpu:one:1.1",
    "flatcar, driver-flatcar finishes gpu:one:1.1",
    "bottlerocket, refuse DriverNotLoaded",
    "slackware, refuse UnsupportedOperatingSystem"
  })
  void choosesTheDriversWayByTheOperatingSystem(String operatingSystem, String expected) {
    assertThat(words(HostScene.of(GpuPhase.DRIVER, operatingSystem).first())).isEqualTo(expected);
  }

  @Test
  void acceptsBottlerocketsOwnDriver() {
    HostScene scene = HostScene.of(GpuPhase.DRIVER, "bottlerocket").loads(HostScene.LOADED);

    assertThat(words(scene.first())).isEqualTo("facts finishes gpu:one:1.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          2330 | -   | 580 | open
          1db1 | -   | 580 | proprietary
          2901 | 595 | 595 | open
          2c3a | -   | 580 | open
          2fff | 610 | 610 | open
          """)
  void choosesBranchAndModulesByTheDevices(
      String device, Integer wished, String branch, String modules) {
    HostScene scene =
        HostScene.of(GpuPhase.DRIVER, "ubuntu")
            .with(HostScene.stack(new DriverWish(wished, null, null), Mig.NONE))
            .with(HostScene.facts("ubuntu", List.of(PciId.parse(device).orElseThrow()), null));

    assertThat(task(scene.first()).arguments())
        .containsAllEntriesOf(Map.of("BRANCH", branch, "MODULES", modules, "COMPILE", "yes"));
  }

  @Test
  void refusesDevicesThatNoDriverOfTheStackDrives() {
    HostScene volta =
        HostScene.of(GpuPhase.DRIVER, "ubuntu")
            .with(HostScene.stack(new DriverWish(595, null, null), Mig.NONE))
            .with(HostScene.facts("ubuntu", List.of(new PciId(0x1db1)), null));
    HostScene none =
        HostScene.of(GpuPhase.DRIVER, "ubuntu").with(HostScene.facts("ubuntu", List.of(), null));

    assertThat(words(volta.first())).isEqualTo("refuse NoDriverFits");
    assertThat(words(none.first())).isEqualTo("refuse NoGpuFound");
  }

  @Test
  void loadsTheModulesAfterThePackagesAndKeepsQuietMeanwhile() {
    HostScene scene = HostScene.of(GpuPhase.DRIVER, "ubuntu");

    scene.first();
    assertThat(words(scene.plan(null))).isEqualTo("keep");
    assertThat(words(scene.ended(State.RUNNING))).isEqualTo("keep");
    assertThat(words(scene.ended(State.SUCCEEDED))).isEqualTo("driver-load finishes gpu:one:1.2");
    assertThat(words(scene.ended(State.SUCCEEDED))).isEqualTo("keep");
  }

  @Test
  void leavesAFailureToTheGroup() {
    HostScene scene = HostScene.of(GpuPhase.DRIVER, "ubuntu");
    scene.first();

    assertThat(words(scene.ended(State.FAILED))).isEqualTo("keep");
  }

  @Test
  void mergesTheConfigurationOnceAndWritesOneFile() {
    HostScene scene = HostScene.of(GpuPhase.RUNTIME, "ubuntu").loads(HostScene.LOADED);

    assertThat(words(scene.first())).isEqualTo("toolkit gpu:one:1.1");
    assertThat(words(scene.ended(State.SUCCEEDED))).isEqualTo("inspect-runtime gpu:one:1.2");
    HostTask write = task(scene.ended(new RuntimeTexts(DEFAULT, DEFAULT, "f1")));

    assertThat(words(new Ask(write))).isEqualTo("write-runtime finishes gpu:one:1.3");
    assertThat(write.content())
        .isInstanceOfSatisfying(
            Content.RuntimeFile.class,
            file -> {
              assertThat(file.path()).isEqualTo("/etc/containerd/conf.d/99-nvidia.toml");
              assertThat(file.text()).contains("/usr/bin/nvidia-container-runtime");
              assertThat(file.basedOn()).isEqualTo("f1");
            });
    assertThat(words(scene.ended(State.STALE))).isEqualTo("inspect-runtime gpu:one:1.4");
  }

  @Test
  void writesNothingWhereNothingIsMissing() {
    HostScene scene = HostScene.of(GpuPhase.RUNTIME, "ubuntu").loads(HostScene.LOADED);
    scene.first();
    scene.ended(State.SUCCEEDED);
    String done =
        """
        version = 2
        [plugins."io.containerd.grpc.v1.cri"]
        enable_cdi = true
        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.nvidia.options]
        BinaryName = "/usr/bin/nvidia-container-runtime"
        """;

    assertThat(words(scene.ended(new RuntimeTexts(done, done, "f"))))
        .isEqualTo("facts finishes gpu:one:1.3");
  }

  @Test
  void refusesAConfigurationThatSomebodyElseKeepsChanging() {
    HostScene scene = HostScene.of(GpuPhase.RUNTIME, "ubuntu").loads(HostScene.LOADED);
    scene.first();
    HostPlan plan = scene.ended(State.SUCCEEDED);
    for (int i = 0; i < 10 && plan instanceof Ask; i++) {
      scene.ended(new RuntimeTexts(DEFAULT, DEFAULT, "f" + i));
      plan = scene.ended(State.STALE);
    }

    assertThat(words(plan)).isEqualTo("refuse RuntimeNotConfigured");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ubuntu       | containerd://2.1.4     | v1.34.1+k3s1 | toolkit finishes gpu:one:1.1
          bottlerocket | containerd://1.7.22    | v1.34.1      | bottlerocket finishes gpu:one:1.1
          cos          | containerd://1.7.22    | v1.34.1-gke.1 | facts finishes gpu:one:1.1
          ubuntu       | cri-o://1.34.0         | v1.34.1      | toolkit gpu:one:1.1
          ubuntu       | docker://24.0.7        | v1.23.0      | refuse UnknownRuntime
          """)
  void leavesTheRuntimeToWhoeverWritesItsFile(
      String operatingSystem, String runtime, String kubelet, String expected) {
    HostScene scene = HostScene.of(GpuPhase.RUNTIME, operatingSystem).withRuntime(runtime, kubelet);

    assertThat(words(scene.first())).isEqualTo(expected);
  }

  @Test
  void refusesBadConfigurationsWithTheirOwnCause() {
    HostScene scene = HostScene.of(GpuPhase.RUNTIME, "ubuntu").loads(HostScene.LOADED);
    scene.first();
    scene.ended(State.SUCCEEDED);

    assertThat(words(scene.ended(new RuntimeTexts("version = 2 = 3", "", "f"))))
        .isEqualTo("refuse InvalidConfiguration");
  }

  @ParameterizedTest
  @EnumSource(
      value = GpuPhase.class,
      names = {"LAUNCHING", "REGISTERING", "DEVICE_PLUGIN", "READY", "FAILED"})
  void asksNothingInStepsThatAreNoneOfTheAgents(GpuPhase step) {
    assertThat(words(HostScene.of(step, "ubuntu").first())).isEqualTo("keep");
  }

  @Test
  void judgesTheDriverOfOperandsToo() {
    HostScene scene =
        HostScene.of(GpuPhase.RUNTIME, "ubuntu")
            .with(StackSettings.usual(new GpuStackName("usual")));

    assertThat(words(scene.first())).isEqualTo("facts gpu:one:1.1");
    assertThat(words(scene.ended(State.SUCCEEDED))).isEqualTo("refuse DriverNotLoaded");
    scene.loads(HostScene.loaded("580.178.04", KernelModule.OPEN));
    assertThat(words(scene.ended(State.SUCCEEDED))).isEqualTo("keep");
  }

  @Test
  void judgesDevicesPartitionsFabricAndErrorsWhileTheyAreValidated() {
    GpuFacts.State quiet = new GpuFacts.State(false, 0, "", 0);
    GpuFacts.State joined = new GpuFacts.State(false, 0, "Completed", 0);
    GpuFacts.State joining = new GpuFacts.State(false, 0, "In Progress", 0);
    GpuFacts.State broken = new GpuFacts.State(false, 0, "Completed", 2);
    GpuFacts.State seven = new GpuFacts.State(true, 7, "", 0);
    HostScene validating = HostScene.of(GpuPhase.VALIDATING, "ubuntu");
    HostScene mig =
        validating.with(
            HostScene.stack(DriverWish.NONE, new Mig(MigStrategy.MIXED, "all-1g.10gb")));

    assertThat(judged(validating.withDevices(2, 0, quiet, quiet))).isEqualTo("keep");
    assertThat(judged(validating.withDevices(2, 0, quiet))).isEqualTo("refuse DevicesMissing");
    assertThat(judged(validating.withDevices(2, 4, joined, joined))).isEqualTo("keep");
    assertThat(judged(validating.withDevices(2, 4, joined, joining)))
        .isEqualTo("refuse FabricNotReady");
    assertThat(judged(validating.withDevices(2, 4, joined, broken)))
        .isEqualTo("refuse DeviceUnhealthy");
    assertThat(judged(mig.withDevices(1, 0, seven))).isEqualTo("keep");
    assertThat(judged(mig.withDevices(1, 0, quiet))).isEqualTo("refuse MigNotApplied");
  }

  private static String judged(HostScene scene) {
    scene.first();
    return words(scene.ended(State.SUCCEEDED));
  }

  private static String words(HostPlan plan) {
    return HostScene.words(plan);
  }

  private static HostTask task(HostPlan plan) {
    assertThat(plan).isInstanceOf(Ask.class);
    return ((Ask) plan).task();
  }
}
