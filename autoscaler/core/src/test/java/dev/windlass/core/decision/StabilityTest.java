package dev.windlass.core.decision;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Variant;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StabilityTest {
  private static final int PODS = 60;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void buysNothingMoreWhileNothingHasChangedButTheOrdersUnderWay(long seed) {
    Decision first = world(seed, 0, Map.of()).decide();
    Map<Variant, Integer> machines = new TreeMap<>(Comparator.comparing(Variant::toString));
    int bought = 0;
    for (GroupIncrease increase : first.plans().scaleUp().increases()) {
      bought = increase.to();
      machines.putAll(increase.variants());
    }
    AutoscalerState state = first.next();
    for (int tick = 1; tick <= 5; tick++) {
      Decision later =
          world(seed, bought, machines).state(state).at(NOON.plusSeconds(10L * tick)).decide();
      assertThat(later.plans().scaleUp().increases()).as("tick %s, seed %s", tick, seed).isEmpty();
      assertThat(later.plans().scaleUp().unhelped()).isEmpty();
      state = later.next();
    }
  }

  private static Cluster world(long seed, int target, Map<Variant, Integer> machines) {
    Groups groups =
        group("mixed")
            .size(0, 1_000, target)
            .offers("a", 2_000, 8_192, 0, 0.10)
            .offers("b", 8_000, 16_384, 0, 0.31)
            .offers("c", 16_000, 65_536, 4, 2.00)
            .offers("d", 8_000, 65_536, 1, 0.60);
    Cluster cluster = cluster().with(groups);
    int number = 0;
    for (Map.Entry<Variant, Integer> each : machines.entrySet()) {
      for (int machine = 0; machine < each.getValue(); machine++) {
        number++;
        cluster.instance(
            "mixed", each.getKey().instanceType(), "sim://" + number, Instance.State.CREATING);
      }
    }
    Random random = new Random(seed);
    List<Integer> shares = List.of(0, 0, 250, 470, 810, 1000);
    for (int pod = 0; pod < PODS; pod++) {
      int share = shares.get(random.nextInt(shares.size()));
      cluster.with(
          pod("p" + pod)
              .cpu(100 + random.nextInt(4_000))
              .memoryMi(64 + random.nextInt(8_000))
              .gpuMilli(share));
    }
    return cluster;
  }
}
