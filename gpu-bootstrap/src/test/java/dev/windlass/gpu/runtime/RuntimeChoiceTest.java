package dev.windlass.gpu.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.gpu.runtime.RuntimeChoice.Containerd;
import dev.windlass.gpu.runtime.RuntimeChoice.Crio;
import dev.windlass.gpu.runtime.RuntimeChoice.Impossible;
import dev.windlass.gpu.runtime.RuntimeChoice.LeftAlone;
import dev.windlass.gpu.runtime.RuntimeChoice.NodeFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way from a Node's facts to how its runtime is set up. */
class RuntimeChoiceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          containerd://1.6.20~ds1   | Debian GNU/Linux 12       | v1.33.1       | containerd 1.6
          containerd://1.7.22       | Ubuntu 24.04.1 LTS        | v1.34.1       | containerd 1.7
          containerd://v2.1.4-k3s1  | Ubuntu 24.04.1 LTS        | v1.34.1       | containerd 2.1
          cri-o://1.34.0            | Red Hat Enterprise Linux  | v1.34.0       | crio 1.34
          containerd://2.1.4-k3s1   | Ubuntu 24.04.1 LTS        | v1.34.1+k3s1  | alone k3s
          containerd://2.1.4-k3s1   | SLES 15                   | v1.34.1+rke2r1 | alone RKE2
          containerd://1.7.22       | Debian GNU/Linux 12       | v1.34.1+k0s   | alone k0s
          containerd://1.7.22       | Bottlerocket OS 1.40.0    | v1.34.1       | alone Bottlerocket
          containerd://1.7.22       | Container-Optimized OS from Google | v1.34.1-gke.1 | alone GKE
          docker://24.0.7           | Ubuntu 22.04              | v1.23.0       | impossible docker
          containerd://Unknown      | Windows Server 2022       | v1.34.1       | impossible Unknown
          containerd                | Ubuntu 22.04              | v1.34.1       | impossible containerd
          """)
  void chooses(String runtime, String operatingSystem, String kubelet, String expected) {
    RuntimeChoice choice = RuntimeChoice.of(new NodeFacts(runtime, operatingSystem, kubelet));

    String[] words = expected.split(" ");
    assertThat(describe(choice)).startsWith(words[0]).contains(words[1]);
  }

  private static String describe(RuntimeChoice choice) {
    return switch (choice) {
      case Containerd(RuntimeVersion version) -> "containerd " + describe(version);
      case Crio(RuntimeVersion version) -> "crio " + describe(version);
      case LeftAlone(String reason) -> "alone " + reason;
      case Impossible(RuntimeProblem _, String message) -> "impossible " + message;
    };
  }

  private static String describe(RuntimeVersion version) {
    return version.major() + "." + version.minor();
  }
}
