package dev.windlass.daemon.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroup;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.catalogue.InstanceType;
import dev.windlass.provider.spi.Offers.Offer;
import dev.windlass.provider.spi.Quotas;
import dev.windlass.provider.spi.Quotas.Quota;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cloud's interface says of new machines beats the shipped catalogue, and not the spec. */
class CloudFactsTest {
  private static final long GIB = 1L << 30;
  private static final Variant SMALL = new Variant("small", "a", Purchase.ON_DEMAND);
  private static final Taint DEDICATED = new Taint("only", "etl", Taint.Effect.NO_SCHEDULE);
  private static final InstanceCatalogue CATALOGUE =
      new InstanceCatalogue(
          List.of(
              new InstanceType(
                  new InstanceType.Name("aws", "us-east-1", "small"),
                  "amd64",
                  amounts(2_000, 2),
                  null,
                  Price.ofUsdPerHour(2),
                  Price.UNKNOWN)));

  private static Resources amounts(long cpu, long gib) {
    return Resources.of(Map.of("cpu", cpu, "memory", gib * GIB, "pods", 58L));
  }

  private static NodeGroup group(String spec, CloudFacts facts) {
    String given =
        "metadata: {name: g}\n"
            + "spec:\n"
            + "  provider: {aws: {autoScalingGroup: g}}\n"
            + "  minSize: 0\n"
            + "  maxSize: 3\n"
            + spec.indent(2);
    return Yaml.ok(
            Yaml.read(NodeGroupResource.class, given)
                .then(resource -> NodeGroupMapping.parse(resource, CATALOGUE)))
        .withFacts(facts)
        .withTarget(0);
  }

  private static Described described(Variant variant, String unavailable) {
    return new Described(
        variant,
        Map.of("team", "etl"),
        List.of(DEDICATED),
        amounts(2_000, 2),
        amounts(1_930, 1),
        Gpu.NONE,
        Map.of(),
        unavailable);
  }

  private static CloudFacts facts(Described... variants) {
    return new CloudFacts(
        List.of(variants),
        Map.of(SMALL, new Offer(Price.ofUsdPerHour(0.5), Instant.EPOCH, "pricing")));
  }

  @Test
  void takesTypesZonesAmountsLabelsTaintsAndPricesFromTheCloud() {
    Variant unheardOf = new Variant("new.type", "b", Purchase.ON_DEMAND);

    List<Offering> offerings =
        group("", facts(described(SMALL, ""), described(unheardOf, ""))).offerings();

    assertThat(offerings).extracting(Offering::variant).contains(SMALL, unheardOf);
    Offering small = offerings.getFirst();
    assertThat(small.price()).isEqualTo(Price.ofUsdPerHour(0.5));
    assertThat(small.template().allocatable()).isEqualTo(amounts(1_930, 1));
    assertThat(small.template().labels())
        .containsEntry("team", "etl")
        .containsEntry(Keys.INSTANCE_TYPE, "small");
    assertThat(small.template().taints()).containsExactly(DEDICATED);
  }

  @Test
  void letsTheSpecWin() {
    Offering offering =
        group(
                """
                instanceTypes: [small]
                zones: [a]
                prices: [{instanceType: small, usdPerHour: 0.1}]
                template:
                  labels: {team: own}
                  taints: [{key: mine, effect: NoSchedule}]
                  resources: {memory: 4Gi}
                """,
                facts(described(SMALL, "")))
            .offerings()
            .getFirst();

    assertThat(offering.price()).isEqualTo(Price.ofUsdPerHour(0.1));
    assertThat(offering.template().labels()).containsEntry("team", "own");
    assertThat(offering.template().taints()).extracting(Taint::key).containsExactly("mine");
    assertThat(offering.template().allocatable()).isEqualTo(amounts(1_930, 4));
  }

  @Test
  void offersNothingThatTheCloudSaysCannotBeBought() {
    assertThat(group("", facts(described(SMALL, "retired in this zone"))).offerings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"64, 64, true", "64, 80, true", "64, 63, false", "0, 0, false"})
  void buysNothingForWhichTheAccountHasNoRoom(long limit, long used, boolean blocked) {
    Quota quota =
        new Quota("standard vCPUs", FailureScope.of(SMALL), Quotas.Unit.VCPUS, limit, used);

    Offering offering =
        group("", new CloudFacts(List.of(described(SMALL, "")), Map.of(), List.of(quota)))
            .offerings()
            .getFirst();

    if (blocked) {
      assertThat(offering.obstacle())
          .isEqualTo(
              new Offering.Obstacle(
                  Offering.Obstacle.Kind.QUOTA,
                  "the account's limit is used up: standard vCPUs, " + used + " of " + limit));
    } else {
      assertThat(offering.obstacle()).isNull();
    }
  }

  @Test
  void fallsBackToTheCatalogue() {
    Offering offering =
        group("instanceTypes: [small]\nzones: [a]\n", CloudFacts.NONE).offerings().getFirst();

    assertThat(offering.price()).isEqualTo(Price.ofUsdPerHour(2));
    assertThat(offering.template().allocatable()).isEqualTo(amounts(2_000, 2));
  }
}
