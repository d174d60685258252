package dev.windlass.simulations.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.windlass.core.model.NodeTemplate;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArenaReportTest {
  private static final Result RESULT =
      new Result(
          Workload.SPREAD,
          Settings.DEFAULT,
          new Result.Waits(
              new Result.Spread(Duration.ofMillis(10_400), Duration.ofMillis(10_900)),
              new Result.Spread(Duration.ofMillis(200), Duration.ofMillis(350)),
              1),
          new Result.Purchases(61, 2, 1, 60),
          new Result.Cost(5.856, 5.76, 0.0271),
          new Result.Traffic(3, 2, 101, Duration.ofMillis(2_100), Duration.ofSeconds(4)),
          List.of("spread-1: general: why"));

  @Test
  void putsPeersBesideTheirWorkload() {
    String page = ArenaReport.write(List.of(RESULT), PeerFigures.read(), "a machine", 42);

    assertThat(page)
        .contains(
            """
            |spread|**Windlass** default|10.4/10.9, 1 never|0.2/0.4|61 (l 2, s 1)|5.86 (1.02)|0.027|60|3/2|101|2.1|
            ||Cluster Autoscaler|21.1/21.3||60|5.76 (1.00)|0.026|60||148|0.3|
            ||Cluster Autoscaler tuned|12.6/12.9||60|5.76 (1.00)|0.026|60||278|0.8|
            """)
        .contains("- spread: spread-1: general: why")
        .contains("a machine")
        .contains("2026-11-22")
        .doesNotContain("|burst|");
  }

  @Test
  void hasFourFiguresOfPeersForEveryWorkloadButTheOneInWhichNobodyBuys() {
    PeerFigures peers = PeerFigures.read();

    for (Workload workload : Workload.values()) {
      assertThat(peers.of(workload))
          .as(workload.label())
          .hasSize(workload == Workload.INFEASIBLE ? 0 : 4);
    }
  }

  @Test
  void boundsTheCostOfMixedPodsByTheirDearestResource() {
    List<Offering> offerings =
        List.of(offering("small", 2_000, 8, 0, 0.10), offering("large", 16_000, 64, 0, 0.80));

    assertThat(LowerBound.usdPerHour(ArenaPods.mixed(500), offerings))
        .isCloseTo(505_000 / 2_000.0 * 0.10, within(1e-9));
  }

  @Test
  void boundsTheCostOfGpuPodsByTheMachinesThatCanHoldThem() {
    List<Pod> pods = new ArrayList<>(ArenaPods.gpu("one", 1, 3));
    pods.addAll(ArenaPods.gpu("four", 4, 2));
    List<Offering> offerings =
        List.of(offering("one", 4_000, 16, 1, 0.50), offering("four", 48_000, 192, 4, 4.00));

    assertThat(LowerBound.usdPerHour(pods, offerings)).isCloseTo(3 * 0.5 + 2 * 4, within(1e-9));
  }

  private static Offering offering(String type, long cpu, long gib, long gpus, double usd) {
    return new Offering(
        new Variant(type, "zone", Purchase.ON_DEMAND),
        Price.ofUsdPerHour(usd),
        new NodeTemplate(
            Map.of(),
            List.of(),
            List.of(),
            Resources.of(
                Map.of("cpu", cpu, "memory", gib << 30, "pods", 110L, "nvidia.com/gpu", gpus))));
  }
}
