package dev.windlass.gpu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.gpu.runtime.RuntimeChange.DropIn;
import dev.windlass.gpu.runtime.RuntimeChange.Refused;
import dev.windlass.gpu.runtime.RuntimeChange.Unchanged;
import org.junit.jupiter.api.Test;

/** CRI-O's drop-in, on texts after its documentation. */
class CrioMergeTest {
  private static final String CONFIGURATION =
      """
      [crio.runtime]
      default_runtime = "crun"
      cdi_spec_dirs = ["/etc/cdi", "/var/run/cdi"]
      [crio.runtime.runtimes.crun]
      runtime_path = "/usr/libexec/crio/crun"
      runtime_type = ""
      monitor_path = "/usr/libexec/crio/conmon"
      allowed_annotations = ["io.containers.trace-syscall"]
      [crio.runtime.runtimes.kata]
      runtime_type = "vm"
      """;

  private static final String EXPECTED =
      """
      # NVIDIA's runtime handler; written by Windlass.

      [crio.runtime.runtimes.nvidia]
        allowed_annotations = ["io.containers.trace-syscall"]
        monitor_path = "/usr/libexec/crio/conmon"
        runtime_path = "/usr/local/nvidia/toolkit/nvidia-container-runtime"
        runtime_type = "oci"
      """;

  @Test
  void addsAHandlerLikeTheDefaultRuntime() {
    assertThat(merge(CONFIGURATION)).isEqualTo(new DropIn(EXPECTED));
  }

  @Test
  void changesNothingOnceTheDropInIsRead() {
    RuntimeChange again = merge(CONFIGURATION + EXPECTED);

    assertThat(again).isEqualTo(new Unchanged());
    assertThat(again.needsReload()).isFalse();
  }

  @Test
  void copiesNothingOfADefaultRuntimeOfAnotherKind() {
    String vm = CONFIGURATION.replace("default_runtime = \"crun\"", "default_runtime = \"kata\"");

    assertThat(merge(vm))
        .isInstanceOfSatisfying(
            DropIn.class, dropIn -> assertThat(dropIn.text()).doesNotContain("monitor_path"));
  }

  @Test
  void asksNothingOfAConfigurationThatSaysNothing() {
    assertThat(merge("").needsReload()).isTrue();
  }

  @Test
  void refusesWithItsCause() {
    assertRefused(CONFIGURATION + "[crio", RuntimeProblem.INVALID_CONFIGURATION);
    assertRefused(
        CONFIGURATION + "[crio.runtime.runtimes.nvidia]\nruntime_path = \"/opt/mine\"\n",
        RuntimeProblem.HANDLER_TAKEN);
    assertRefused(
        CONFIGURATION.replace("/var/run/cdi", "/opt/cdi"), RuntimeProblem.CDI_DIRECTORY_MISSING);
  }

  private static void assertRefused(String text, RuntimeProblem problem) {
    assertThat(merge(text))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.problem()).isEqualTo(problem));
  }

  private static RuntimeChange merge(String effective) {
    return CrioMerge.merge(effective, RuntimeWish.USUAL);
  }
}
