package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Pods;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A new node has its DaemonSet pods from the start: their resources, ports and labels. */
class DaemonsOnNewNodesTest {
  private static final PodAffinityTerm NEXT_TO_AGENT =
      new PodAffinityTerm(
          Keys.HOSTNAME,
          new LabelSelector(Map.of("app", "agent"), List.of()),
          Set.of("kube-system"),
          null);

  private static Cluster smallGroup() {
    return cluster().with(group("small").offers("s", 2_000, 8_192, 0, 0.10));
  }

  private static ScaleUpPlan plan(Cluster cluster) {
    return cluster.decide().plans().scaleUp();
  }

  private static List<UnhelpedRule> rules(ScaleUpPlan plan) {
    return plan.unhelped().stream()
        .flatMap(each -> each.reasons().stream())
        .map(Unhelped.Reason::rule)
        .toList();
  }

  private static PodPlacementRules rules(
      List<PodAffinityTerm> affinity, List<PodAffinityTerm> antiAffinity) {
    return new PodPlacementRules(Map.of(), null, List.of(), affinity, antiAffinity, List.of());
  }

  private static Pods agent() {
    return pod("agent").labels(Map.of("app", "agent")).cpu(500);
  }

  @Test
  void theirResourcesAreGone() {
    Cluster fits = smallGroup().daemon("agent", agent()).with(pod("p").cpu(1_500));
    Cluster tooLarge = smallGroup().daemon("agent", agent()).with(pod("p").cpu(1_501));

    assertThat(plan(fits).unhelped()).isEmpty();
    assertThat(plan(tooLarge).unhelped())
        .singleElement()
        .satisfies(each ->
            assertThat(each.reasons().getFirst().message())
                .isEqualTo("the pod needs 1501m cpu, there is 1500m cpu"));
  }

  @Test
  void theirPodsAreCounted() {
    Cluster cluster = smallGroup();
    for (int index = 0; index < 110; index++) {
      cluster.with(pod("p" + index).cpu(1));
    }

    assertThat(plan(cluster).increases().getFirst().to()).isEqualTo(1);
    assertThat(plan(cluster.daemon("agent", agent())).increases().getFirst().to()).isEqualTo(2);
  }

  @Test
  void theirPortsAreTaken() {
    HostPort metrics = new HostPort(HostPort.ANY_ADDRESS, "TCP", 9_100);

    ScaleUpPlan plan =
        plan(
            smallGroup()
                .daemon("agent", agent().hostPort(metrics))
                .with(pod("p").cpu(100).hostPort(metrics)));

    assertThat(plan.increases()).isEmpty();
    assertThat(rules(plan)).containsExactly(UnhelpedRule.HOST_PORT);
  }

  @Test
  void antiAffinityToThemExcludesTheNode() {
    ScaleUpPlan plan =
        plan(
            smallGroup()
                .daemon("agent", agent())
                .with(pod("p").cpu(100).rules(rules(List.of(), List.of(NEXT_TO_AGENT)))));

    assertThat(plan.increases()).isEmpty();
    assertThat(rules(plan)).containsExactly(UnhelpedRule.POD_ANTI_AFFINITY);
  }

  @Test
  void aSpreadOverHostsCountsThem() {
    TopologySpread spread =
        new TopologySpread(1, Keys.HOSTNAME, NEXT_TO_AGENT.selector(), 1, true, false);
    Pods another =
        agent()
            .named("another")
            .namespace("kube-system")
            .rules(
                new PodPlacementRules(
                    Map.of(), null, List.of(), List.of(), List.of(), List.of(spread)));

    ScaleUpPlan plan = plan(smallGroup().daemon("agent", agent()).with(another));

    assertThat(plan.increases()).isEmpty();
    assertThat(rules(plan)).containsExactly(UnhelpedRule.TOPOLOGY_SPREAD);
  }

  @Test
  void affinityToThemIsMet() {
    ScaleUpPlan plan =
        plan(
            smallGroup()
                .daemon("agent", agent())
                .with(pod("p").cpu(100).rules(rules(List.of(NEXT_TO_AGENT), List.of()))));

    assertThat(plan.unhelped()).isEmpty();
    assertThat(plan.increases()).hasSize(1);
  }

  @Test
  void aDaemonThatWillNotRunThereTakesNothing() {
    Cluster tainted =
        cluster()
            .with(group("small").taint(Taint.noSchedule("team")).offers("s", 2_000, 8_192, 0, 0.10))
            .daemon("agent", agent())
            .with(pod("p").cpu(2_000).rules(tolerating()));

    assertThat(plan(tainted).unhelped()).isEmpty();
  }

  private static PodPlacementRules tolerating() {
    return new PodPlacementRules(
        Map.of(), null, List.of(Toleration.exists("team")), List.of(), List.of(), List.of());
  }
}
