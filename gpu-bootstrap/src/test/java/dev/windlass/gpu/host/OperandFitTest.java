package dev.windlass.gpu.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.gpu.driver.DriverWish;
import dev.windlass.gpu.operand.StackSettings;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime;
import dev.windlass.gpu.operand.StackSettings.Driver;
import dev.windlass.gpu.operand.StackSettings.Plugin;
import dev.windlass.gpu.operand.StackSettings.Validation;
import dev.windlass.gpu.runtime.RuntimeChoice.NodeFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One stack on machines with different systems and runtimes. */
class OperandFitTest {
  private static final String CONTAINERD = "containerd://2.1.4";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''          | Ubuntu 24.04.2 LTS                  | keep
          ''          | Ubuntu 22.04.5 LTS                  | keep
          ''          | Debian GNU/Linux 12 (bookworm)      | refuse UnsupportedOperatingSystem
          ''          | Red Hat Enterprise Linux 9.6 (Plow) | refuse UnsupportedOperatingSystem
          ''          | ''                                  | keep
          ubuntu24.04 | Ubuntu 22.04.5 LTS                  | refuse UnsupportedOperatingSystem
          ubuntu22.04 | Ubuntu 22.04.5 LTS                  | keep
          rhel9       | Red Hat Enterprise Linux 9.6 (Plow) | keep
          rhel9       | Rocky Linux 9.6 (Blue Onyx)         | keep
          """)
  void refusesAMachineForWhichTheStackHasNoDriverImage(
      String asked, String machine, String expected) {
    assertThat(HostScene.words(scene(GpuPhase.DRIVER, asked, machine, CONTAINERD).first()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "containerd://2.1.4, facts gpu:one:1.1",
    "containerd://1.7.22, facts gpu:one:1.1",
    "cri-o://1.34.0, refuse RuntimeNotConfigured"
  })
  void leavesContainerdToTheToolkitAndSaysWhatCriONeeds(String runtime, String expected) {
    assertThat(HostScene.words(scene(GpuPhase.RUNTIME, "", "Ubuntu 24.04.2 LTS", runtime).first()))
        .isEqualTo(expected);
  }

  private static HostScene scene(
      GpuPhase step, @Nullable String asked, @Nullable String machine, String runtime) {
    HostFacts bare = HostScene.of(step, "ubuntu").loads(HostScene.LOADED).facts();
    StackSettings stack =
        new StackSettings(
            new GpuStackName("mixed"),
            new Driver(Driver.Source.CONTAINER, DriverWish.NONE, asked == null ? "" : asked),
            ContainerRuntime.USUAL,
            Plugin.EXCLUSIVE,
            Validation.USUAL);
    NodeFacts node = new NodeFacts(runtime, machine == null ? "" : machine, "v1.34.1");
    return HostScene.of(step, "ubuntu")
        .with(stack)
        .with(
            new HostFacts(bare.operatingSystem(), node, bare.bus(), bare.loaded(), bare.devices()));
  }
}
