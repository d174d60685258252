package dev.windlass.core.decision;

import static dev.windlass.core.model.ClaimRequest.READ_WRITE_ONCE_POD;
import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.pod;
import static dev.windlass.core.testing.Volumes.request;
import static dev.windlass.core.testing.Volumes.volumes;
import static dev.windlass.core.testing.Volumes.where;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.Pod;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Pods;
import dev.windlass.core.testing.Volumes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decisions about pods with volumes: nodes are bought and removed where the volumes can follow. */
class VolumePlanTest {
  private static final List<NodeSelectorTerm> IN_B = where(Keys.ZONE, "zone-b");

  private static Groups zone(String zone) {
    return group("in-" + zone)
        .label("zone", zone)
        .volumeLimit(5)
        .offers("m", "zone-" + zone, 4_000, 16_384, 0, 1);
  }

  private static Cluster zones(Volumes storage) {
    return cluster().storage(storage).with(zone("a"), zone("b"));
  }

  private static int bought(Decision decision, String group) {
    return decision.plans().scaleUp().increases().stream()
        .filter(each -> each.nodeGroup().value().equals(group))
        .mapToInt(each -> each.to() - each.from())
        .sum();
  }

  private static String reason(Decision decision, String group) {
    return decision.plans().scaleUp().unhelped().getFirst().reasons().stream()
        .filter(each -> each.nodeGroup() != null && each.nodeGroup().value().equals(group))
        .map(Unhelped.Reason::toString)
        .findFirst()
        .orElse("");
  }

  @Test
  void buysWhereTheVolumeIs() {
    Decision decision =
        zones(volumes().bound("data", IN_B)).with(pod("p").cpu(500).claims("data")).decide();

    assertThat(bought(decision, "in-a")).isZero();
    assertThat(bought(decision, "in-b")).isEqualTo(1);
  }

  @Test
  void saysForEachGroupWhyTheVolumeCanNotFollow() {
    Decision decision =
        zones(volumes().bound("data", where(Keys.ZONE, "zone-c")))
            .with(pod("p").cpu(500).claims("data"))
            .decide();

    assertThat(reason(decision, "in-a"))
        .contains("VOLUME_BINDING", "claim data", "zone is in [zone-c]", "it is zone-a");
    assertThat(reason(decision, "in-b")).contains("VOLUME_BINDING", "it is zone-b");
  }

  @Test
  void badClaimStopsItsPodAlone() {
    Decision decision =
        zones(volumes().bound("data", IN_B))
            .with(pod("good").cpu(500).claims("data"), pod("bad").cpu(500).claims("gone"))
            .decide();

    assertThat(decision.plans().scaleUp().unhelped())
        .singleElement()
        .satisfies(each -> assertThat(each.pod()).isEqualTo(Pods.key("bad")));
    assertThat(reason(decision, "in-a")).contains("claim gone does not exist");
    assertThat(bought(decision, "in-b")).isEqualTo(1);
  }

  @Test
  void volumeLimitOfTheTemplateSaysHowManyNodesAreNeeded() {
    Volumes storage = volumes().waiting("fast");
    Cluster cluster = cluster().storage(storage).with(zone("a"));
    for (int replica = 0; replica < 23; replica++) {
      storage.claim("data-" + replica, request("fast", 1));
      cluster.with(pod("p-" + replica).cpu(10).claims("data-" + replica));
    }

    Decision decision = cluster.storage(storage).decide();

    assertThat(decision.plans().scaleUp().unhelped()).isEmpty();
    assertThat(bought(decision, "in-a")).as("five volumes on a node").isEqualTo(5);
  }

  @Test
  void claimOfManyPodsThatWaitsHoldsThemOnOneNode() {
    Volumes storage = volumes().waiting("fast").claim("data", request("fast", 1));
    Decision decision =
        cluster()
            .storage(storage)
            .with(zone("a"))
            .with(pod("p").cpu(3_000).claims("data"), pod("q").cpu(3_000).claims("data"))
            .decide();

    assertThat(bought(decision, "in-a")).isEqualTo(1);
    assertThat(reason(decision, "in-a")).contains("is being made for node");
  }

  @Test
  void onePodOfManyUsesAnExclusiveClaim() {
    Decision decision =
        cluster()
            .storage(volumes().bound("data", null, READ_WRITE_ONCE_POD))
            .with(zone("a"))
            .with(pod("p").cpu(3_000).claims("data"), pod("q").cpu(3_000).claims("data"))
            .decide();

    assertThat(bought(decision, "in-a")).isEqualTo(1);
    assertThat(decision.plans().scaleUp().unhelped()).hasSize(1);
  }

  @Test
  void volumeMadeBeforehandGoesToOnePod() {
    Volumes storage = volumes().unprovisioned("none").free("pv", request("none", 9), IN_B);
    Cluster cluster = zones(storage);
    for (int replica = 0; replica < 20; replica++) {
      storage.claim("data-" + replica, request("none", 1));
      cluster.with(pod("p-" + replica).cpu(10).claims("data-" + replica));
    }

    Decision decision = cluster.storage(storage).decide();

    assertThat(bought(decision, "in-a")).isZero();
    assertThat(bought(decision, "in-b")).isEqualTo(1);
    assertThat(decision.plans().scaleUp().unhelped()).hasSize(19);
  }

  @Test
  void replicasWhoseClaimsAskForTheSameShareAShape() {
    Volumes storage =
        volumes()
            .waiting("fast")
            .claim("data-0", request("fast", 1))
            .claim("data-1", request("fast", 1))
            .claim("data-2", request("fast", 2))
            .bound("old-0", IN_B)
            .bound("old-1", IN_B)
            .bound("old-2", where(Keys.ZONE, "zone-a"));
    ClusterSnapshot snapshot =
        cluster()
            .storage(storage)
            .with(pod("p-0").claims("data-0"), pod("p-1").claims("data-1"))
            .with(pod("p-2").claims("data-2"))
            .with(pod("q-0").claims("old-0"), pod("q-1").claims("old-1"))
            .with(pod("q-2").claims("old-2"))
            .snapshot();
    ClusterMap map = ClusterMap.of(snapshot, AutoscalerState.EMPTY, List.of(), Pods.NOON);
    Set<PodShape> shapes = new HashSet<>();
    for (Pod each : snapshot.workloads().pods()) {
      shapes.add(map.workspace().shape(each));
    }

    assertThat(shapes).as("two sizes to make, two places of old ones").hasSize(4);
  }

  private static Cluster idle(List<NodeSelectorTerm> affinity, String zoneOfOther) {
    return cluster()
        .storage(volumes().bound("data", affinity))
        .with(group("g").size(0, 9, 2).offers("m", 4_000, 16_384, 0, 1))
        .node("g", "m", node("n1").label(Keys.ZONE, "zone-a"))
        .node("g", "m", node("n2").label(Keys.ZONE, zoneOfOther))
        .with(pod("p").cpu(100).claims("data").on("n1"))
        .with(pod("busy").cpu(3_000).on("n2"));
  }

  private static List<KeptReason> kept(Decision decision) {
    return decision.plans().scaleDown().kept().stream()
        .filter(each -> each.node().value().equals("n1"))
        .map(ScaleDownPlan.Kept::reason)
        .toList();
  }

  @Test
  void nodeIsUnneededOnlyWhereItsPodsVolumeCanFollow() {
    List<NodeSelectorTerm> here = where(Keys.ZONE, "zone-a");

    Decision sameZone = idle(here, "zone-a").decide();
    assertThat(sameZone.next().unneededSince()).containsKey(new NodeName("n1"));
    assertThat(kept(sameZone)).doesNotContain(KeptReason.NO_PLACE_FOR_POD);

    Decision otherZone = idle(here, "zone-b").decide();
    assertThat(otherZone.next().unneededSince()).isEmpty();
    assertThat(kept(otherZone)).containsExactly(KeptReason.NO_PLACE_FOR_POD);
  }

  @Test
  void localVolumeKeepsItsNode() {
    Decision decision = idle(where(Keys.HOSTNAME, "n1"), "zone-a").decide();

    assertThat(kept(decision)).containsExactly(KeptReason.NO_PLACE_FOR_POD);
  }
}
