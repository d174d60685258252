package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Pods;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which domains a topology spread constraint reckons with while nodes can be bought. */
class SpreadDomainsTest {
  private static final Map<String, String> WEB = Map.of("app", "web");

  private static PodPlacementRules spreadOver(String key) {
    TopologySpread spread =
        new TopologySpread(1, key, new LabelSelector(WEB, List.of()), 1, true, false);
    return new PodPlacementRules(Map.of(), null, List.of(), List.of(), List.of(), List.of(spread));
  }

  private static Pods web(String name, String key) {
    return pod(name).labels(WEB).cpu(1_000).rules(spreadOver(key));
  }

  private static Groups small(String name, String zone) {
    return group(name).offers("s", zone, 1_000, 8_192, 0, 0.10);
  }

  private static ScaleUpPlan plan(Cluster cluster) {
    return cluster.decide().plans().scaleUp();
  }

  private static Map<String, Integer> bought(ScaleUpPlan plan) {
    Map<String, Integer> bought = new TreeMap<>();
    plan.increases().forEach(each -> bought.put(each.nodeGroup().value(), each.to()));
    return bought;
  }

  @Test
  void aHostThatCouldBeBoughtKeepsNoPodFromAHostThatIsThere() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(small("more", "zone-a"))
                .with(node("n1"), node("n2"))
                .with(web("a", Keys.HOSTNAME).on("n1"), web("b", Keys.HOSTNAME).on("n2"))
                .with(web("c", Keys.HOSTNAME)));

    assertThat(bought(plan)).isEmpty();
    assertThat(plan.unhelped()).isEmpty();
  }

  @Test
  void aZoneThatCouldBeBoughtKeepsNoPodFromAZoneThatIsThere() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(small("more", "zone-c"))
                .with(node("n1").label(Keys.ZONE, "zone-a"), node("n2").label(Keys.ZONE, "zone-b"))
                .with(web("a", Keys.ZONE).on("n1"), web("b", Keys.ZONE).on("n2"))
                .with(web("c", Keys.ZONE)));

    assertThat(bought(plan)).isEmpty();
  }

  @Test
  void podsOnBoughtNodesAreSpreadOverAllZonesThatCanBeBought() {
    Cluster cluster = cluster().with(small("a", "zone-a"), small("b", "zone-b"));
    for (int index = 0; index < 4; index++) {
      cluster.with(web("p" + index, Keys.ZONE));
    }

    assertThat(bought(plan(cluster))).isEqualTo(Map.of("a", 2, "b", 2));
  }

  @Test
  void aDearZoneThatCanBeBoughtIsADomain() {
    Cluster cluster =
        cluster()
            .with(small("a", "zone-a"))
            .with(group("b").offers("s", "zone-b", 1_000, 8_192, 0, 0.30));
    for (int index = 0; index < 4; index++) {
      cluster.with(web("p" + index, Keys.ZONE));
    }

    assertThat(bought(plan(cluster))).isEqualTo(Map.of("a", 2, "b", 2));
  }

  @Test
  void aZoneWhereThePodMayNotRunIsNoDomain() {
    Cluster cluster =
        cluster()
            .with(small("a", "zone-a"), small("b", "zone-b"))
            .with(
                group("gpu")
                    .taint(Taint.noSchedule("gpu"))
                    .offers("g", "zone-d", 8_000, 8_192, 1, 1.00));
    for (int index = 0; index < 4; index++) {
      cluster.with(web("p" + index, Keys.ZONE));
    }

    ScaleUpPlan plan = plan(cluster);

    assertThat(plan.unhelped()).isEmpty();
    assertThat(bought(plan)).isEqualTo(Map.of("a", 2, "b", 2));
  }

  @Test
  void aZoneWhoseGroupIsAtItsMaximumIsNoDomain() {
    Cluster cluster =
        cluster()
            .with(small("a", "zone-a"), small("b", "zone-b"))
            .with(small("full", "zone-c").size(0, 0, 0));
    for (int index = 0; index < 4; index++) {
      cluster.with(web("p" + index, Keys.ZONE));
    }

    assertThat(plan(cluster).unhelped()).isEmpty();
  }

  @Test
  void theReasonHasTheCounts() {
    ScaleUpPlan plan =
        plan(
            cluster()
                .with(small("a", "zone-a"))
                .with(
                    node("n1").label(Keys.ZONE, "zone-a").cpu(1_000),
                    node("n2").label(Keys.ZONE, "zone-b").cpu(1_000))
                .with(web("a", Keys.ZONE).on("n1"))
                .with(web("c", Keys.ZONE), web("d", Keys.ZONE), web("e", Keys.ZONE)));

    assertThat(plan.unhelped())
        .singleElement()
        .satisfies(each ->
            assertThat(each.reasons())
                .singleElement()
                .satisfies(reason -> {
                  assertThat(reason.rule()).isEqualTo(UnhelpedRule.TOPOLOGY_SPREAD);
                  assertThat(reason.message())
                      .isEqualTo(
                          "one more pod would exceed maxSkew 1: topology.kubernetes.io/zone=zone-a"
                              + " has 2, the emptiest domain counts as 1");
                }));
  }
}
