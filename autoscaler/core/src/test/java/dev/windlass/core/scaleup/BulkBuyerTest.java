package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkBuyerTest {
  private static final double GIBIBYTE = 1_024;

  private static ScaleUpPlan plan(Cluster cluster) {
    return cluster.decide().plans().scaleUp();
  }

  private static double usd(ScaleUpPlan plan) {
    return plan.increases().stream().mapToDouble(each -> each.hourlyCost().usdPerHour()).sum();
  }

  @Test
  void findsPairsThatFillANodeExactly() {
    Cluster cluster = cluster().with(group("g").offers("four", 4_000, 65_536, 0, 1.0));
    for (int index = 0; index < 40; index++) {
      cluster.with(
          pod("large" + index).cpu(2_500).memoryMi(1_024),
          pod("small" + index).cpu(1_500).memoryMi(1_024));
    }

    assertThat(usd(plan(cluster))).isEqualTo(40.0);
  }

  @Test
  void mixesPodsOfOppositeShapesOnOneNodeType() {
    Cluster cluster =
        cluster()
            .with(
                group("g")
                    .offers("cpu", 16_000, 16_384, 0, 1.0)
                    .offers("memory", 4_000, 131_072, 0, 1.0)
                    .offers("both", 16_000, 131_072, 0, 1.4));
    for (int index = 0; index < 64; index++) {
      cluster.with(
          pod("cpu" + index).cpu(4_000).memoryMi(256),
          pod("memory" + index).cpu(0).memoryMi(30_000));
    }

    assertThat(usd(plan(cluster)))
        .as("16 nodes of both kinds of pods cost less than 16 of each")
        .isLessThanOrEqualTo(16 * 1.4 + 1.4);
  }

  @Test
  void neverCutsASharesDevice() {
    Cluster cluster = cluster().with(group("g").offers("gpu", 64_000, 262_144, 1, 1.0));
    for (int index = 0; index < 20; index++) {
      cluster.with(pod("a" + index).cpu(100).gpuMilli(810));
      cluster.with(pod("b" + index).cpu(100).gpuMilli(190));
      cluster.with(pod("c" + index).cpu(100).gpuMilli(470));
    }

    assertThat(usd(plan(cluster))).isEqualTo(30.0);
  }

  @Test
  void keepsTheLimitsOfAGroup() {
    Cluster cluster =
        cluster()
            .with(
                group("cheap").size(0, 5, 0).offers("c", 4_000, 65_536, 0, 0.5),
                group("dear").offers("d", 4_000, 65_536, 0, 1.0));
    for (int index = 0; index < 40; index++) {
      cluster.with(pod("p" + index).cpu(2_000).memoryMi(512));
    }

    ScaleUpPlan plan = plan(cluster);

    assertThat(usd(plan)).isEqualTo(5 * 0.5 + 15 * 1.0);
    assertThat(plan.placements()).hasSize(40);
  }

  @Test
  void isTheSameForTheSamePodsInAnyOrder() {
    assertThat(random(5, false).increases()).isEqualTo(random(5, true).increases());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void placesEveryPodNotFarAboveTheBoundOfEachResource(long seed) {
    ScaleUpPlan plan = random(seed, false);

    assertThat(plan.unhelped()).isEmpty();
    assertThat(plan.placements()).hasSize(300);
    assertThat(usd(plan)).as("seed %s", seed).isBetween(bound(seed), 1.12 * bound(seed));
  }

  private static final List<double[]> OFFERS =
      List.of(
          new double[] {4, 8, 0.17},
          new double[] {8, 16, 0.34},
          new double[] {16, 32, 0.68},
          new double[] {4, 16, 0.19},
          new double[] {16, 64, 0.77},
          new double[] {4, 32, 0.25},
          new double[] {16, 128, 1.01});

  private static List<long[]> demands(long seed) {
    Random random = new Random(seed);
    List<long[]> demands = new ArrayList<>();
    for (int pod = 0; pod < 300; pod++) {
      demands.add(
          new long[] {
            250L * (1 + random.nextInt(14)), 512L * (1 + random.nextInt(28)),
          });
    }
    return demands;
  }

  private static ScaleUpPlan random(long seed, boolean reversed) {
    Groups group = group("g").size(0, 1_000, 0);
    int type = 0;
    for (double[] offer : OFFERS) {
      group.offers(
          "t" + type++, Math.round(offer[0] * 1_000), Math.round(offer[1] * GIBIBYTE), 0, offer[2]);
    }
    Cluster cluster = cluster().with(group);
    List<long[]> demands = demands(seed);
    for (int index = 0; index < demands.size(); index++) {
      int chosen = reversed ? demands.size() - 1 - index : index;
      long[] demand = demands.get(chosen);
      cluster.with(pod("p" + chosen).cpu(demand[0]).memoryMi(demand[1]));
    }
    return plan(cluster);
  }

  /**
   * The least cost if pods could be cut: by duality no less than any value of a core and a GiB that
   * makes no offer worth more than its price; the best of a grid of such values.
   */
  private static double bound(long seed) {
    Map<String, Double> total = new HashMap<>();
    for (long[] demand : demands(seed)) {
      total.merge("cores", demand[0] / 1_000.0, Double::sum);
      total.merge("gib", demand[1] / GIBIBYTE, Double::sum);
    }
    double best = 0;
    for (int step = 0; step <= 1_000; step++) {
      double perCore = 0.05 * step / 1_000;
      double perGib = Double.MAX_VALUE;
      for (double[] offer : OFFERS) {
        perGib = Math.min(perGib, (offer[2] - perCore * offer[0]) / offer[1]);
      }
      if (perGib >= 0) {
        best =
            Math.max(
                best,
                perCore * total.getOrDefault("cores", 0.0)
                    + perGib * total.getOrDefault("gib", 0.0));
      }
    }
    return best;
  }
}
