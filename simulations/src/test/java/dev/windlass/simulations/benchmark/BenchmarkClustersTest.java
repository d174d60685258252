package dev.windlass.simulations.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scaleup.Unhelped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each shape at a size at which the right answer can be reckoned by hand. */
class BenchmarkClustersTest {
  private static final long SEED = 42;

  private static Decision decide(ClusterSnapshot snapshot) {
    Policy policy = Rows.ALL.getFirst().policy();
    return Decider.decide(snapshot, AutoscalerState.EMPTY, policy, ClusterBuilder.NOW);
  }

  @Test
  void mixNeedsANodeForEachPodThatIsAloneOnItsHost() {
    Quality quality = Quality.of(decide(KarpenterMix.of(100, SEED)));

    assertThat(quality.unhelped()).isZero();
    assertThat(quality.nodes()).isBetween(20, 40);
  }

  @Test
  void mixIsTheSameForTheSameSeedOnly() {
    assertThat(KarpenterMix.of(50, SEED)).isEqualTo(KarpenterMix.of(50, SEED));
    assertThat(KarpenterMix.of(50, SEED)).isNotEqualTo(KarpenterMix.of(50, SEED + 1));
  }

  @Test
  void twoSizesFillNodesToTheLastHundredth() {
    Quality quality = Quality.of(decide(PeerClusters.twoSizes(500, 10)));

    assertThat(quality.unhelped()).isZero();
    assertThat(quality.nodes()).isEqualTo(26);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void noPodGoesToFullNodes(boolean ownShapes) {
    Decision decision = decide(PeerClusters.fullNodes(4, 50, ownShapes));

    assertThat(Quality.of(decision)).isEqualTo(new Quality(0, 0, 50));
    assertThat(decision.plans().scaleUp().unhelped()).allSatisfy(this::hasReason);
  }

  private void hasReason(Unhelped unhelped) {
    assertThat(unhelped.reasons()).isNotEmpty();
  }

  @Test
  void oneInAFewScalersMovesAndNoneFails() {
    Decision decision = decide(ScalerFleet.of(200, SEED));

    assertThat(decision.plans().replicas().decisions())
        .hasSize(200)
        .allSatisfy(
            each -> assertThat(each.metrics()).allMatch(metric -> metric.proposal() != null));
    assertThat(decision.plans().replicas().actions()).hasSizeBetween(20, 100);
  }

  @Test
  void fiftyEqualPodsGoToANode() {
    assertThat(Quality.of(decide(PeerClusters.equalPods(500)))).isEqualTo(new Quality(10, 10, 0));
  }

  @Test
  void threeOfFiveNodesCanGo() {
    assertThat(Quality.of(decide(PeerClusters.drain(50)))).isEqualTo(new Quality(-30, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"1, 90", "10, 0"})
  void podsThatExcludeEachOtherNeedANodeEach(int applications, int bought) {
    Quality quality = Quality.of(decide(PeerClusters.antiAffinitySurge(10, 100, applications)));

    assertThat(quality).isEqualTo(new Quality(bought, bought, 0));
  }

  @Test
  void largeClusterHelpsEveryPodAndKeepsItsNodes() {
    ClusterSnapshot snapshot = new LargeCluster(60, 400, 12, 40, 2).build(SEED);

    Quality quality = Quality.of(decide(snapshot));

    assertThat(quality.unhelped()).isZero();
    assertThat(quality.nodes()).isPositive();
    assertThat(snapshot.workloads().pods()).hasSize(60 * 30 + 400);
  }

  @Test
  void everyRowHasANameOfItsOwn() {
    assertThat(Rows.ALL).extracting(Row::name).doesNotHaveDuplicates();
  }
}
