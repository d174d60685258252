package dev.windlass.core.scheduling;

import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Resources;
import dev.windlass.core.testing.Pods;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** NodeResourcesFit and NodePorts: case by case. */
class NodeFitTableTest {
  private static final String GPU = "example.com/gpu";

  private static Ground small() {
    return Ground.of("n1").size("n1", Map.of(Resources.CPU, 1_000L, Resources.PODS, 2L, GPU, 2L));
  }

  static Stream<Arguments> resources() {
    return Stream.of(
        Arguments.of("exactly all of it", small(), pod("new").cpu(1_000), "n1"),
        Arguments.of("one too many", small(), pod("new").cpu(1_001), ""),
        Arguments.of(
            "exactly the rest",
            small().running("n1", pod("r").cpu(400)),
            pod("new").cpu(600),
            "n1"),
        Arguments.of(
            "more than the rest",
            small().running("n1", pod("r").cpu(400)),
            pod("new").cpu(601),
            ""),
        Arguments.of(
            "nothing asked of an overcommitted node",
            small().running("n1", pod("r").cpu(1_500)),
            pod("new"),
            "n1"),
        Arguments.of("the last pod", small().running("n1", pod("r")), pod("new"), "n1"),
        Arguments.of("one pod too many", small().running("n1", pod("r"), pod("s")), pod("new"), ""),
        Arguments.of("an extended resource", small(), pod("new").resource(GPU, 2), "n1"),
        Arguments.of("more of it than there is", small(), pod("new").resource(GPU, 3), ""),
        Arguments.of(
            "an extended resource that is taken",
            small().running("n1", pod("r").resource(GPU, 1)),
            pod("new").resource(GPU, 2),
            ""),
        Arguments.of(
            "a resource that the node lacks", small(), pod("new").resource("example.com/x", 1), ""),
        Arguments.of(
            "none of a resource that the node lacks",
            small(),
            pod("new").resource("example.com/x", 0),
            "n1"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("resources")
  void fits(String what, Ground ground, Pods pending, String nodes) {
    assertThat(ground.allowed(pending)).as(what).isEqualTo(nodes);
  }

  @ParameterizedTest(name = "{0} wanted, {1} taken: {2}")
  @CsvSource({
    "0.0.0.0 TCP 80,   0.0.0.0 TCP 80,   ''",
    "0.0.0.0 TCP 80,   0.0.0.0 TCP 81,   n1",
    "0.0.0.0 TCP 80,   0.0.0.0 UDP 80,   n1",
    "0.0.0.0 SCTP 80,  0.0.0.0 UDP 80,   n1",
    "10.0.0.1 TCP 80,  10.0.0.1 TCP 80,  ''",
    "10.0.0.1 TCP 80,  10.0.0.2 TCP 80,  n1",
    "10.0.0.1 TCP 80,  0.0.0.0 TCP 80,   ''",
    "0.0.0.0 TCP 80,   10.0.0.1 TCP 80,  ''",
    "10.0.0.1 UDP 80,  0.0.0.0 TCP 80,   n1",
    "10.0.0.1 TCP 81,  0.0.0.0 TCP 80,   n1"
  })
  void portsAreTakenOnce(String wanted, String taken, String nodes) {
    Ground ground = Ground.of("n1").running("n1", pod("r").hostPort(port(taken)));

    assertThat(ground.allowed(pod("new").hostPort(port(wanted)))).isEqualTo(nodes);
  }

  private static HostPort port(String written) {
    String[] words = written.split(" ", -1);
    return new HostPort(words[0], words[1], Integer.parseInt(words[2]));
  }
}
