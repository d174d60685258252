package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.NodeSelectorTerm;
import dev.windlass.core.model.PodAffinityTerm;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Preferences;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Toleration;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Preferences choose among equals and never buy a node on their own. */
class PreferencesTest {
  private static final LabelSelector WEB = new LabelSelector(Map.of("app", "web"), List.of());

  private static Groups zones() {
    return group("zones")
        .offers("m", "zone-a", 2_000, 8_192, 0, 0.10)
        .offers("m", "zone-b", 2_000, 8_192, 0, 0.10)
        .offers("m", "zone-c", 2_000, 8_192, 0, 0.10);
  }

  private static Preferences zone(String zone) {
    return new Preferences(
        List.of(
            new Preferences.WeightedNodes(
                10,
                new NodeSelectorTerm(
                    List.of(new Requirement(Keys.ZONE, Requirement.Operator.IN, Set.of(zone))),
                    List.of()))),
        List.of(),
        List.of());
  }

  private static Preferences nearWeb(int weight) {
    PodAffinityTerm term = new PodAffinityTerm(Keys.ZONE, WEB, Set.of("default"), null);
    return new Preferences(
        List.of(), List.of(new Preferences.WeightedPods(weight, term)), List.of());
  }

  private static Preferences evenly() {
    return new Preferences(
        List.of(), List.of(), List.of(new TopologySpread(1, Keys.ZONE, WEB, 1, true, false)));
  }

  private static Map<String, Integer> boughtByZone(Cluster cluster) {
    Map<String, Integer> zones = new TreeMap<>();
    cluster
        .decide()
        .plans()
        .scaleUp()
        .increases()
        .forEach(increase ->
            increase
                .variants()
                .forEach((variant, count) -> zones.merge(variant.zone(), count, Integer::sum)));
    return zones;
  }

  @Test
  void buysInThePreferredZoneWhereItCostsTheSame() {
    Pods p = pod("p").cpu(1_000).prefers(zone("zone-c"));

    assertThat(boughtByZone(cluster().with(zones()).with(p))).isEqualTo(Map.of("zone-c", 1));
  }

  @Test
  void paysNothingForAPreference() {
    Groups dear =
        group("dear")
            .offers("m", "zone-a", 2_000, 8_192, 0, 0.10)
            .offers("m", "zone-c", 2_000, 8_192, 0, 0.11);

    assertThat(boughtByZone(cluster().with(dear).with(pod("p").cpu(1_000).prefers(zone("zone-c")))))
        .isEqualTo(Map.of("zone-a", 1));
  }

  @Test
  void takesANodeThatIsThereAgainstThePreference() {
    Cluster cluster =
        cluster()
            .with(zones())
            .with(node("n1").label(Keys.ZONE, "zone-a"))
            .with(pod("p").cpu(1_000).prefers(zone("zone-c")));

    assertThat(boughtByZone(cluster)).isEmpty();
  }

  @Test
  void avoidsATaintThatOnlyAdvises() {
    Taint advice = new Taint("spot", "", Taint.Effect.PREFER_NO_SCHEDULE);
    Groups advised = group("a-advised").taint(advice).offers("m", "zone-a", 2_000, 8_192, 0, 0.10);
    Groups plain = group("b-plain").offers("m", "zone-b", 2_000, 8_192, 0, 0.10);

    assertThat(boughtByZone(cluster().with(advised, plain).with(pod("p").cpu(1_000))))
        .isEqualTo(Map.of("zone-b", 1));

    PodPlacementRules tolerant =
        new PodPlacementRules(
            Map.of(), null, List.of(Toleration.exists("spot")), List.of(), List.of(), List.of());
    assertThat(
            boughtByZone(cluster().with(advised, plain).with(pod("p").cpu(1_000).rules(tolerant))))
        .isEqualTo(Map.of("zone-a", 1));
  }

  @Test
  void buysNearThePodsThatItPrefersAndFarFromThoseThatItAvoids() {
    Pods web = pod("web").labels(Map.of("app", "web")).cpu(4_000).on("n1");
    Cluster base = cluster().with(zones()).with(node("n1").label(Keys.ZONE, "zone-b")).with(web);

    assertThat(boughtByZone(base.with(pod("p").cpu(1_000).prefers(nearWeb(50)))))
        .isEqualTo(Map.of("zone-b", 1));

    Cluster avoiding =
        cluster()
            .with(zones())
            .with(node("n1").label(Keys.ZONE, "zone-a"))
            .with(web)
            .with(pod("p").cpu(1_000).prefers(nearWeb(-50)));
    assertThat(boughtByZone(avoiding)).isEqualTo(Map.of("zone-b", 1));
  }

  @Test
  void spreadsOverZonesWhereItCostsNothing() {
    Cluster cluster = cluster().with(zones());
    for (int index = 0; index < 6; index++) {
      cluster.with(pod("p" + index).labels(Map.of("app", "web")).cpu(2_000).prefers(evenly()));
    }

    assertThat(boughtByZone(cluster)).isEqualTo(Map.of("zone-a", 2, "zone-b", 2, "zone-c", 2));
  }

  @Test
  void aGroupKeepsTheNodesOfItsMinimum() {
    Groups dear = group("dear").size(1, 3, 0).offers("d", "zone-a", 2_000, 8_192, 0, 0.50);
    Groups cheap = group("cheap").offers("c", "zone-b", 2_000, 8_192, 0, 0.10);

    assertThat(boughtByZone(cluster().with(dear, cheap).with(pod("p").cpu(1_000))))
        .isEqualTo(Map.of("zone-a", 1));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void thePlanHasTheSameCostAndCountWithAndWithoutPreferences(long seed) {
    assertThat(bill(random(seed, true))).as("seed %s", seed).isEqualTo(bill(random(seed, false)));
  }

  /** What must not depend on preferences. */
  private record Bill(int nodes, long microsPerHour, List<Unhelped> unhelped) {}

  private static Bill bill(Cluster cluster) {
    ScaleUpPlan plan = cluster.decide().plans().scaleUp();
    return new Bill(
        plan.increases().stream().mapToInt(each -> each.to() - each.from()).sum(),
        plan.increases().stream().mapToLong(each -> each.hourlyCost().microsPerHour()).sum(),
        plan.unhelped());
  }

  private static Cluster random(long seed, boolean preferences) {
    Random random = new Random(seed);
    List<Groups> groups = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      Groups each = group("g" + index).size(0, 2 + random.nextInt(20), 0);
      if (random.nextInt(3) == 0) {
        Taint advice = new Taint("soft", "", Taint.Effect.PREFER_NO_SCHEDULE);
        each = preferences ? each.taint(advice) : each;
      }
      double price = 0.10 * (1 + random.nextInt(2));
      for (String zone : List.of("zone-a", "zone-b", "zone-c")) {
        each.offers("t" + index, zone, 4_000, 16_384, 0, price);
      }
      groups.add(each);
    }
    Cluster cluster = cluster().with(groups.toArray(Groups[]::new));
    int pods = 5 + random.nextInt(40);
    for (int index = 0; index < pods; index++) {
      Preferences some =
          switch (random.nextInt(5)) {
            case 0 -> zone("zone-" + "abc".charAt(random.nextInt(3)));
            case 1 -> nearWeb(random.nextBoolean() ? 40 : -40);
            case 2 -> evenly();
            default -> Preferences.NONE;
          };
      cluster.with(
          pod("p" + index)
              .labels(Map.of("app", random.nextBoolean() ? "web" : "db"))
              .cpu(250L * (1 + random.nextInt(12)))
              .memoryMi(512L * (1 + random.nextInt(8)))
              .prefers(preferences ? some : Preferences.NONE));
    }
    return cluster;
  }
}
