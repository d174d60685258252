package dev.windlass.core.scaleup;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.core.testing.Cluster;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failure closes what its scope says and nothing more. */
class FailureScopeTest {
  /** The cheapest is m.large in zone-a, then m.large in zone-b, then c.large in zone-a. */
  private static final Groups MIXED =
      group("mixed")
          .offers("m.large", "zone-a", 2_000, 8_192, 0, 0.10)
          .offers("m.large", "zone-b", 2_000, 8_192, 0, 0.11)
          .offers("c.large", "zone-a", 2_000, 8_192, 0, 0.12);

  private static Cluster mixed(Pods pod) {
    return cluster().with(MIXED).with(pod);
  }

  private static CloudFailure soldOut(FailureScope scope) {
    return new CloudFailure(Cause.CAPACITY, "sold out", scope, "Stockout", null);
  }

  private static FailureScope scope(String types, String zones) {
    return new FailureScope(
        types.isEmpty() ? Set.of() : Set.of(types.split(" ")),
        zones.isEmpty() ? Set.of() : Set.of(zones.split(" ")),
        null);
  }

  private static PodPlacementRules onlyIn(String zone) {
    return new PodPlacementRules(
        Map.of(Keys.ZONE, zone), null, List.of(), List.of(), List.of(), List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "'', zone-a, m.large zone-b",
    "m.large, zone-a, m.large zone-b",
    "m.large, '', c.large zone-a",
    "c.large, '', m.large zone-a",
    "m.large c.large, zone-a, m.large zone-b",
    "'', zone-c, m.large zone-a"
  })
  void buysTheCheapestOfWhatIsLeft(String types, String zones, String bought) {
    Decision decision =
        mixed(pod("p").cpu(2_000)).failure("mixed", soldOut(scope(types, zones)), NOON).decide();

    assertThat(
            decision.plans().scaleUp().increases().stream()
                .flatMap(increase -> increase.variants().keySet().stream())
                .map(variant -> variant.instanceType() + " " + variant.zone()))
        .containsExactly(bought);
  }

  @ParameterizedTest
  @CsvSource({"'', zone-a zone-b", "m.large c.large, ''", "'', ''"})
  void leavesTheGroupAloneWhenNothingIsLeft(String types, String zones) {
    Decision decision =
        mixed(pod("p").cpu(2_000)).failure("mixed", soldOut(scope(types, zones)), NOON).decide();

    assertThat(decision.plans().scaleUp().increases()).isEmpty();
    assertThat(reasons(decision)).containsExactly(UnhelpedRule.BACKOFF);
  }

  @Test
  void buysNothingForWhichTheAccountHasNoRoomAndSaysSo() {
    ClusterSnapshot seen = mixed(pod("p").cpu(2_000)).snapshot();
    Offering.Obstacle usedUp =
        new Offering.Obstacle(Offering.Obstacle.Kind.QUOTA, "vCPUs, 64 of 64");
    ClusterSnapshot full =
        new ClusterSnapshot(
            seen.workloads(),
            new ClusterSnapshot.Capacity(
                seen.capacity().nodes(),
                seen.capacity().groups().stream()
                    .map(group ->
                        group.withOfferings(
                            group.offerings().stream()
                                .map(each -> each.withObstacle(usedUp))
                                .toList()))
                    .toList(),
                seen.capacity().instances(),
                seen.capacity().failures()),
            seen.scaling(),
            seen.gpu(),
            seen.observedAt());

    Decision decision = Decider.decide(full, AutoscalerState.EMPTY, Policy.DEFAULT, NOON);

    assertThat(decision.plans().scaleUp().increases()).isEmpty();
    assertThat(reasons(decision)).containsExactly(UnhelpedRule.QUOTA);
  }

  @Test
  void saysThatTheOnlyZoneThatWouldDoIsClosed() {
    Decision decision =
        mixed(pod("p").cpu(2_000).rules(onlyIn("zone-b")))
            .failure("mixed", soldOut(FailureScope.ofZone("zone-b")), NOON)
            .decide();

    assertThat(decision.plans().scaleUp().increases()).isEmpty();
    assertThat(reasons(decision)).containsExactly(UnhelpedRule.BACKOFF);
    assertThat(decision.plans().scaleUp().unhelped().getFirst().reasons().getFirst().message())
        .contains("sold out");
  }

  @Test
  void remembersTwoScopesApartAndHoldsEachAsLongAsTheCloudAdvises() {
    CloudFailure quota =
        new CloudFailure(
            Cause.QUOTA, "limit 0", scope("c.large", ""), "VcpuLimitExceeded", Duration.ofHours(1));
    Decision decision =
        mixed(pod("p").cpu(2_000))
            .failure("mixed", soldOut(FailureScope.ofZone("zone-a")), NOON)
            .failure("mixed", quota, NOON)
            .decide();

    assertThat(decision.next().backoffs().get(new NodeGroupName("mixed")))
        .extracting(Backoff::until)
        .containsExactlyInAnyOrder(
            NOON.plus(Duration.ofMinutes(1)), NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void coversByPurchase() {
    FailureScope spot = new FailureScope(Set.of(), Set.of(), Purchase.SPOT);

    assertThat(
            List.of(Purchase.values()).stream()
                .filter(each -> spot.covers(new Variant("m.large", "zone-a", each))))
        .containsExactly(Purchase.SPOT);
  }

  private static List<UnhelpedRule> reasons(Decision decision) {
    return decision.plans().scaleUp().unhelped().stream()
        .flatMap(each -> each.reasons().stream())
        .map(Unhelped.Reason::rule)
        .toList();
  }
}
