package dev.windlass.core.decision;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Preferences;
import dev.windlass.core.model.TopologySpread;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The cluster's default topology spread constraints, as kube-scheduler's configuration has them.
 */
class DefaultSpreadTest {
  private static final TopologySpread OWN =
      new TopologySpread(
          9, Keys.ZONE, new LabelSelector(Map.of("app", "web"), List.of()), 1, true, false);

  private static Policy spreading() {
    Policy usual = Policy.DEFAULT;
    return new Policy(
        new Policy.ScaleUp(
            100,
            -10,
            Set.of("default-scheduler"),
            Map.of(Keys.ZONE, 1),
            Duration.ofMinutes(1),
            Duration.ofHours(1)),
        usual.scaleDown(),
        usual.replicas(),
        usual.gpu(),
        usual.staleness(),
        false);
  }

  private static Map<String, Integer> boughtByZone(Policy policy, Pods template) {
    Cluster cluster =
        cluster()
            .policy(policy)
            .with(
                group("cheap").offers("s", "zone-a", 1_000, 8_192, 0, 0.10),
                group("dear").offers("s", "zone-b", 1_000, 8_192, 0, 0.20));
    for (int index = 0; index < 4; index++) {
      cluster.with(template.named("p" + index));
    }
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

  private static Pods web() {
    return pod("web").cpu(1_000).labels(Map.of("app", "web"));
  }

  @Test
  void noneUnlessConfigured() {
    assertThat(boughtByZone(Policy.DEFAULT, web())).isEqualTo(Map.of("zone-a", 4));
  }

  @Test
  void spreadsThePodsOfOneController() {
    assertThat(boughtByZone(spreading(), web())).isEqualTo(Map.of("zone-a", 2, "zone-b", 2));
    assertThat(boughtByZone(spreading(), web().owner("StatefulSet")))
        .isEqualTo(Map.of("zone-a", 2, "zone-b", 2));
  }

  @Test
  void leavesPodsOfNoSuchControllerAlone() {
    assertThat(boughtByZone(spreading(), web().owner(null))).isEqualTo(Map.of("zone-a", 4));
    assertThat(boughtByZone(spreading(), web().owner("Job"))).isEqualTo(Map.of("zone-a", 4));
    assertThat(boughtByZone(spreading(), web().labels(Map.of()))).isEqualTo(Map.of("zone-a", 4));
  }

  @Test
  void aConstraintOfItsOwnWins() {
    Pods hard =
        web()
            .rules(
                new PodPlacementRules(
                    Map.of(), null, List.of(), List.of(), List.of(), List.of(OWN)));
    Pods soft = web().prefers(new Preferences(List.of(), List.of(), List.of(OWN)));

    assertThat(boughtByZone(spreading(), hard)).isEqualTo(Map.of("zone-a", 4));
    assertThat(boughtByZone(spreading(), soft)).isEqualTo(Map.of("zone-a", 4));
  }

  @Test
  void replicasAreOneSetWhateverTellsThemApart() {
    Cluster cluster =
        cluster()
            .policy(spreading())
            .with(
                group("cheap").offers("s", "zone-a", 1_000, 8_192, 0, 0.10),
                group("dear").offers("s", "zone-b", 1_000, 8_192, 0, 0.20));
    for (int index = 0; index < 2; index++) {
      String ordinal = String.valueOf(index);
      cluster.with(
          pod("p" + index)
              .cpu(1_000)
              .owner("StatefulSet")
              .labels(Map.of("app", "db", "apps.kubernetes.io/pod-index", ordinal)));
    }

    assertThat(cluster.decide().plans().scaleUp().increases()).hasSize(2);
  }
}
