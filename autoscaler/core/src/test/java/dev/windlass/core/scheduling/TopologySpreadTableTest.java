package dev.windlass.core.scheduling;

import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Toleration;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.testing.Pods;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PodTopologySpread, hard constraints: case by case. */
class TopologySpreadTableTest {
  private static final Map<String, String> WEB = Map.of("app", "web");
  private static final LabelSelector SELECTS_WEB = new LabelSelector(WEB, List.of());

  private static TopologySpread spread(int maxSkew, String key) {
    return new TopologySpread(maxSkew, key, SELECTS_WEB, 1, true, false);
  }

  private static TopologySpread counting(LabelSelector selector) {
    return new TopologySpread(1, "zone", selector, 1, true, false);
  }

  private static TopologySpread minDomains(int minDomains) {
    return new TopologySpread(1, "zone", SELECTS_WEB, minDomains, true, false);
  }

  private static TopologySpread policies(boolean honorAffinity, boolean honorTaints) {
    return new TopologySpread(1, "zone", SELECTS_WEB, 1, honorAffinity, honorTaints);
  }

  private static Pods web(TopologySpread... constraints) {
    return spreading(Map.of(), List.of(), constraints).labels(WEB);
  }

  private static Pods spreading(
      Map<String, String> nodeSelector,
      List<Toleration> tolerations,
      TopologySpread... constraints) {
    return pod("new")
        .rules(
            new PodPlacementRules(
                nodeSelector, null, tolerations, List.of(), List.of(), List.of(constraints)));
  }

  private static Pods running(String name) {
    return pod(name).labels(WEB);
  }

  private static Ground two() {
    return Ground.of("a1 zone=a", "b1 zone=b");
  }

  private static Ground oneInA() {
    return two().running("a1", running("r1"));
  }

  static Stream<Arguments> table() {
    LabelSelector other = new LabelSelector(Map.of("app", "db"), List.of());
    LabelSelector front =
        new LabelSelector(
            Map.of(), List.of(new Requirement("tier", Requirement.Operator.IN, Set.of("front"))));
    LabelSelector notDb =
        new LabelSelector(
            Map.of(), List.of(new Requirement("app", Requirement.Operator.NOT_IN, Set.of("db"))));
    return Stream.of(
        Arguments.of("an empty cluster", two(), web(spread(1, "zone")), "a1 b1"),
        Arguments.of("one ahead", oneInA(), web(spread(1, "zone")), "b1"),
        Arguments.of("one ahead of two", oneInA(), web(spread(2, "zone")), "a1 b1"),
        Arguments.of(
            "evenly filled",
            oneInA().running("b1", running("r2")),
            web(spread(1, "zone")),
            "a1 b1"),
        Arguments.of(
            "two ahead", oneInA().running("a1", running("r2")), web(spread(2, "zone")), "b1"),
        Arguments.of(
            "another namespace does not count",
            two().running("a1", running("r1").namespace("other")),
            web(spread(1, "zone")),
            "a1 b1"),
        Arguments.of(
            "a pod that ends does not count",
            two().running("a1", running("r1").deleted(Pods.NOON)),
            web(spread(1, "zone")),
            "a1 b1"),
        Arguments.of(
            "other labels do not count",
            two().running("a1", pod("r1").labels(Map.of("app", "db"))),
            web(spread(1, "zone")),
            "a1 b1"),
        Arguments.of(
            "a pod that is not selected itself may come where the skew is allowed",
            oneInA(),
            web(counting(SELECTS_WEB)).labels(Map.of("app", "db")),
            "a1 b1"),
        Arguments.of(
            "but not where it is exceeded",
            oneInA().running("a1", running("r2")),
            web(counting(SELECTS_WEB)).labels(Map.of("app", "db")),
            "b1"),
        Arguments.of(
            "it counts others than itself",
            two().running("a1", pod("r1").labels(Map.of("app", "db"))),
            web(counting(other)).labels(Map.of("app", "db")),
            "b1"),
        Arguments.of("an expression", oneInA(), web(counting(notDb)), "b1"),
        Arguments.of(
            "an expression about a label that nothing else mentions",
            two().running("a1", running("r1").labels(Map.of("tier", "front"))),
            web(counting(front)).labels(Map.of("tier", "front")),
            "b1"),
        Arguments.of(
            "the empty selector counts nobody",
            oneInA(),
            web(counting(LabelSelector.EVERYTHING)),
            "a1 b1"),
        Arguments.of(
            "a node without the key", Ground.of("a1 zone=a", "x1"), web(spread(1, "zone")), "a1"),
        Arguments.of(
            "a pod on a node without the key does not count",
            Ground.of("a1 zone=a", "x1").running("x1", running("r1"), running("r2")),
            web(spread(1, "zone")),
            "a1"),
        Arguments.of(
            "a node without the second key is no domain of the first",
            Ground.of("a1 zone=a rack=1", "b1 zone=b").running("a1", running("r1")),
            web(spread(1, "zone"), spread(5, "rack")),
            "a1"),
        Arguments.of(
            "both constraints must hold",
            Ground.of("a1 zone=a rack=1", "b1 zone=b rack=1", "b2 zone=b rack=2")
                .running("b1", running("r1")),
            web(spread(2, "zone"), spread(1, "rack")),
            "b2"),
        Arguments.of(
            "any key",
            Ground.of("n1 example.com/room=1", "n2 example.com/room=2")
                .running("n1", running("r1")),
            web(spread(1, "example.com/room")),
            "n2"),
        Arguments.of(
            "hosts",
            Ground.of("n1", "n2", "n3").running("n1", running("r1")).running("n2", running("r2")),
            web(spread(1, "kubernetes.io/hostname")),
            "n3"),
        Arguments.of("too few domains count as an empty one", oneInA(), web(minDomains(3)), "b1"),
        Arguments.of(
            "too few domains, evenly filled",
            oneInA().running("b1", running("r2")),
            web(minDomains(3)),
            ""),
        Arguments.of(
            "enough domains", oneInA().running("b1", running("r2")), web(minDomains(2)), "a1 b1"),
        Arguments.of(
            "affinity honored: a zone out of reach is no domain",
            Ground.of("a1 zone=a disk=ssd", "b1 zone=b").running("a1", running("r1")),
            spreading(Map.of("disk", "ssd"), List.of(), policies(true, false)).labels(WEB),
            "a1"),
        Arguments.of(
            "affinity ignored: it is one",
            Ground.of("a1 zone=a disk=ssd", "b1 zone=b").running("a1", running("r1")),
            spreading(Map.of("disk", "ssd"), List.of(), policies(false, false)).labels(WEB),
            ""),
        Arguments.of(
            "taints ignored: a tainted zone is a domain",
            Ground.of("a1 zone=a", "b1 zone=b !team").running("a1", running("r1")),
            web(policies(true, false)),
            ""),
        Arguments.of(
            "taints honored: it is none",
            Ground.of("a1 zone=a", "b1 zone=b !team").running("a1", running("r1")),
            web(policies(true, true)),
            "a1"),
        Arguments.of(
            "taints honored and tolerated",
            Ground.of("a1 zone=a", "b1 zone=b !team").running("a1", running("r1")),
            spreading(Map.of(), List.of(Toleration.exists("team")), policies(true, true))
                .labels(WEB),
            "b1"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("table")
  void allows(String what, Ground ground, Pods pending, String nodes) {
    assertThat(ground.allowed(pending)).as(what).isEqualTo(nodes);
  }
}
