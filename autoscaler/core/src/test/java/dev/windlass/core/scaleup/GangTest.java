package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.key;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GangTest {
  @Test
  void placesAGangEntirely() {
    Cluster cluster = gangOf(4, group("gpu").size(0, 4, 0).offers("g", 8_000, 32_768, 1, 1.0));

    ScaleUpPlan plan = plan(cluster);

    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 4));
    assertThat(plan.placements()).hasSize(4);
  }

  @Test
  void buysNothingForAGangThatCanNotBePlacedEntirely() {
    Cluster cluster = gangOf(4, group("gpu").size(0, 3, 0).offers("g", 8_000, 32_768, 1, 1.0));

    ScaleUpPlan plan = plan(cluster);

    assertThat(plan.increases()).isEmpty();
    assertThat(plan.placements()).isEmpty();
    assertThat(plan.unhelped()).hasSize(4);
    assertThat(plan.unhelped().getFirst().reasons().getFirst().rule()).isEqualTo(UnhelpedRule.GANG);
  }

  @Test
  void aGangThatFailsLeavesItsRoomToOthers() {
    Cluster cluster =
        gangOf(4, group("gpu").size(0, 3, 0).offers("g", 8_000, 32_768, 1, 1.0))
            .with(pod("alone").gpus(1));

    ScaleUpPlan plan = plan(cluster);

    assertThat(plan.placements()).extracting(PodPlacement::pod).containsExactly(key("alone"));
    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 1));
  }

  @Test
  void countsAMemberForWhichPreemptionMakesRoom() {
    Cluster cluster =
        cluster()
            .with(group("gpu").size(0, 9, 1).offers("g", 8_000, 32_768, 1, 1.0))
            .gang("training", 2)
            .node("gpu", "g", node("n1").cpu(8_000).gpus(1))
            .with(pod("w1").gpus(1).gang("training").nominated("n1"))
            .with(pod("w2").gpus(1).gang("training"));

    ScaleUpPlan plan = plan(cluster);

    assertThat(plan.unhelped()).isEmpty();
    assertThat(targets(plan)).containsExactly(Map.entry("gpu", 2));
  }

  @Test
  void waitsForTheRestOfAGang() {
    Cluster cluster =
        cluster()
            .with(group("gpu").offers("g", 8_000, 32_768, 1, 1.0))
            .gang("training", 4)
            .with(pod("w1").gpus(1).gang("training"));

    assertThat(plan(cluster).unhelped().getFirst().reasons().getFirst().message())
        .contains("needs 4, there are 1");
  }

  @Test
  void countsTheGangsRunningPods() {
    Cluster cluster =
        cluster()
            .with(group("gpu").offers("g", 8_000, 32_768, 1, 1.0))
            .gang("training", 2)
            .with(node("n1").gpus(1))
            .with(pod("w0").gpus(1).gang("training").on("n1"))
            .with(pod("w1").gpus(1).gang("training"));

    assertThat(targets(plan(cluster))).containsExactly(Map.entry("gpu", 1));
  }

  private static ScaleUpPlan plan(Cluster cluster) {
    return cluster.decide().plans().scaleUp();
  }

  private static Map<String, Integer> targets(ScaleUpPlan plan) {
    Map<String, Integer> targets = new TreeMap<>();
    plan.increases().forEach(each -> targets.put(each.nodeGroup().value(), each.to()));
    return targets;
  }

  private static Cluster gangOf(int pods, Groups group) {
    Cluster cluster = cluster().with(group).gang("training", pods);
    for (int index = 0; index < pods; index++) {
      cluster.with(pod("w" + index).gpus(1).gang("training"));
    }
    return cluster;
  }
}
