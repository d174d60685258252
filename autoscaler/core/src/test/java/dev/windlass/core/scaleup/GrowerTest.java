package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Policy;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Pods;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrowerTest {
  private static final LabelSelector AGENT = new LabelSelector(Map.of("app", "agent"), List.of());

  private static ScaleUpPlan plan(ClusterSnapshot snapshot) {
    return Decider.decide(snapshot, AutoscalerState.EMPTY, Policy.DEFAULT, Pods.NOON)
        .plans()
        .scaleUp();
  }

  private static Groups threeSizes() {
    return group("g")
        .size(0, 10, 0)
        .offers("s", 1_000, 4_096, 0, 0.10)
        .offers("m", 2_000, 8_192, 0, 0.20)
        .offers("l", 4_000, 16_384, 0, 0.40);
  }

  private static PodPlacementRules apartFrom(LabelSelector selector) {
    return new PodPlacementRules(
        Map.of(),
        null,
        List.of(),
        List.of(),
        List.of(new PodAffinityTerm(Keys.HOSTNAME, selector, Set.of("default"), null)),
        List.of());
  }

  @Test
  void growsANodeRatherThanBuyAnotherAtTheSamePrice() {
    Cluster cluster = cluster().with(threeSizes());
    for (int index = 0; index < 2; index++) {
      cluster.with(pod("p" + index).cpu(900 - 50L * index).memoryMi(256));
    }

    ScaleUpPlan plan = plan(cluster.snapshot());

    assertThat(plan.increases()).hasSize(1);
    assertThat(plan.increases().getFirst().variants()).isEqualTo(Map.of(Groups.variant("m"), 1));
    assertThat(plan.placements()).hasSize(2);
  }

  @Test
  void neverPutsTwoThatExcludeEachOtherOnTheNodeThatGrew() {
    Cluster cluster = cluster().with(threeSizes());
    for (int index = 0; index < 4; index++) {
      cluster.with(
          pod("p" + index)
              .cpu(900 - 50L * index)
              .memoryMi(256)
              .labels(Map.of("app", "agent"))
              .rules(apartFrom(AGENT)));
    }

    ScaleUpPlan plan = plan(cluster.snapshot());

    assertThat(plan.increases().getFirst().variants()).isEqualTo(Map.of(Groups.variant("s"), 4));
    assertThat(plan.planned().values().stream().distinct()).hasSize(4);
  }

  @Test
  void asksTheNextOfferWhenADaemonOnTheCheapestKeepsThePodAway() {
    ClusterSnapshot snapshot =
        cluster()
            .with(
                group("watched").label("agent", "yes").offers("s", 1_000, 4_096, 0, 0.10),
                group("plain").offers("p", 1_000, 4_096, 0, 0.30))
            .with(pod("shy").cpu(500).memoryMi(256).rules(apartFrom(AGENT)))
            .snapshot();

    ScaleUpPlan plan = plan(withAgents(snapshot));

    assertThat(plan.increases().getFirst().nodeGroup().value()).isEqualTo("plain");
    assertThat(plan.placements()).hasSize(1);
  }

  /** The same cluster with a daemon on nodes that are labelled for it. */
  private static ClusterSnapshot withAgents(ClusterSnapshot snapshot) {
    ClusterSnapshot.Workloads workloads = snapshot.workloads();
    PodPlacementRules onlyLabelled =
        new PodPlacementRules(
            Map.of("agent", "yes"), null, List.of(), List.of(), List.of(), List.of());
    DaemonSet agents =
        new DaemonSet(
            Pods.key("agents"),
            AGENT.matchLabels(),
            pod("agent").cpu(10).rules(onlyLabelled).spec());
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(
            workloads.pods(),
            workloads.podGroups(),
            List.of(agents),
            workloads.budgets(),
            workloads.namespaceLabels()),
        snapshot.capacity(),
        snapshot.scaling(),
        snapshot.gpu(),
        snapshot.observedAt());
  }
}
