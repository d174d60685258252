package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Discovery;
import dev.windlass.provider.spi.Discovery.Found;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView.Remark;
import dev.windlass.provider.spi.Offers;
import dev.windlass.provider.spi.Offers.Offer;
import dev.windlass.provider.spi.Quotas;
import dev.windlass.provider.spi.Quotas.Quota;
import dev.windlass.provider.spi.Quotas.Unit;
import dev.windlass.provider.spi.Reservations;
import dev.windlass.provider.spi.Reservations.Reservation;
import dev.windlass.provider.spi.Templates;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import dev.windlass.provider.testkit.gcp.GcpReservation;
import dev.windlass.provider.testkit.gcp.GcpTemplate;
import dev.windlass.provider.testkit.gcp.GkePool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Google Cloud says beside groups: templates, prices, limits, reservations, node pools. */
class CapabilitiesIT {
  private static final Variant N1 =
      new Variant("n1-standard-4+2xt4", Connection.ZONE, Purchase.ON_DEMAND);
  private static final GroupReference GPU =
      Connection.reference("gpu", "acme/us-central1-a/gpu", List.of(N1));

  @Test
  void describesAttachedGpusAndUnknownTypes() {
    Variant odd = new Variant("z9-standard-4", Connection.ZONE, Purchase.ON_DEMAND);
    GroupReference unknown = Connection.reference("odd", "acme/us-central1-a/odd", List.of(odd));
    try (Connection rig = Connection.start()) {
      addGpuGroup(rig);
      rig.gcp.addGroup(new FakeGroup(unknown.cloudId(), 0, 10, 0, List.of(odd)));
      Templates templates = rig.provider.capability(Templates.class).orElseThrow();

      Described described = Connection.done(templates.variants(GPU)).getFirst();

      assertThat(described.variant()).isEqualTo(N1);
      assertThat(described.gpu()).isEqualTo(new Gpu("nvidia-tesla-t4", 2, 16_384));
      assertThat(described.capacity().get(Resources.NVIDIA_GPU)).isEqualTo(2);
      assertThat(described.labels()).containsEntry("team", "ml");
      assertThat(rig.view(GPU).instances().getFirst().variant()).isEqualTo(N1);
      assertThat(Connection.done(templates.variants(unknown)).getFirst().unavailable())
          .contains("z9-standard-4");
    }
  }

  @Test
  void aGroupOfSeveralTypesAndZonesHasEachVariant() {
    List<Variant> variants =
        List.of(
            new Variant("n2-standard-4", "us-central1-a", Purchase.SPOT),
            new Variant("n2-standard-8", "us-central1-b", Purchase.SPOT));
    GroupReference group = Connection.reference("flex", "acme/us-central1/flex", variants);
    try (Connection rig = Connection.start()) {
      rig.gcp.addGroup(new FakeGroup(group.cloudId(), 0, 10, 2, variants));
      Templates templates = rig.provider.capability(Templates.class).orElseThrow();

      assertThat(Connection.done(templates.variants(group)))
          .extracting(Described::variant)
          .hasSize(4)
          .containsAll(variants);
      assertThat(rig.view(group).instances()).extracting(it -> it.variant()).isEqualTo(variants);
    }
  }

  @Test
  void pricesAreSummedFromTheirPartsAndMissingOnesAreAbsent() {
    Variant l4 = new Variant("g2-standard-4", Connection.ZONE, Purchase.ON_DEMAND);
    GroupReference group = Connection.reference("l4", "acme/us-central1-a/l4", List.of(l4));
    try (Connection rig = Connection.start().withWeb(0)) {
      addGpuGroup(rig);
      rig.gcp.addGroup(new FakeGroup(group.cloudId(), 0, 10, 0, List.of(l4)));
      Offers offers = rig.provider.capability(Offers.class).orElseThrow();

      assertThat(Connection.done(offers.offers(Connection.WEB)))
          .containsExactly(
              Map.entry(
                  Connection.N2,
                  new Offer(
                      Price.ofUsdPerHour(4 * 0.031611 + 16 * 0.004237),
                      Instant.parse("2026-02-01T00:00:00Z"),
                      "Cloud Billing")));
      assertThat(Connection.done(offers.offers(group)).values())
          .extracting(Offer::price)
          .containsExactly(Price.ofUsdPerHour(4 * 0.024988 + 16 * 0.002927 + 0.56004));
      assertThat(Connection.done(offers.offers(GPU))).isEmpty();
    }
  }

  @Test
  void limitsAreThoseOfTheGroupsMachines() {
    try (Connection rig = Connection.start().withWeb(3)) {
      rig.gcp.limit(new FailureScope(Set.of("n2-standard-4"), Set.of(), null), 5);
      rig.gcp.limit(new FailureScope(Set.of("c3-standard-4"), Set.of(), null), 5);
      Quotas quotas = rig.provider.capability(Quotas.class).orElseThrow();

      assertThat(Connection.done(quotas.quotas(Connection.WEB)))
          .containsExactlyInAnyOrder(
              new Quota("INSTANCES", FailureScope.ALL, Unit.MACHINES, 50_000, 3),
              new Quota(
                  "N2_CPUS",
                  new FailureScope(Set.of("n2-standard-4"), Set.of(), null),
                  Unit.VCPUS,
                  20,
                  12));
    }
  }

  @Test
  void reservationsAreThoseOfTheGroupsTypes() {
    try (Connection rig = Connection.start().withWeb(0)) {
      rig.gcp.addReservation(
          new GcpReservation("mine", Connection.ZONE, "n2-standard-4", 10, 4, true));
      rig.gcp.addReservation(
          new GcpReservation("other", Connection.ZONE, "c3-standard-4", 10, 4, true));
      rig.gcp.addReservation(
          new GcpReservation("soon", Connection.ZONE, "n2-standard-4", 2, 0, false));
      Reservations reservations = rig.provider.capability(Reservations.class).orElseThrow();

      assertThat(Connection.done(reservations.reservations(Connection.WEB)))
          .containsExactly(
              new Reservation("mine", "n2-standard-4", Connection.ZONE, 10, 6, true, null),
              new Reservation("soon", "n2-standard-4", Connection.ZONE, 2, 2, false, null));
    }
  }

  @Test
  void findsGroupsByLabelsAndByNames() {
    try (Connection rig = Connection.start().withWeb(0)) {
      addGpuGroup(rig);
      rig.gcp.putCluster(
          "acme/us-central1/main",
          List.of(new GkePool("web", List.of(Connection.WEB.cloudId()), true, 1, 7, Map.of(), 64)));
      Discovery discovery = rig.provider.capability(Discovery.class).orElseThrow();

      assertThat(Connection.done(discovery.discover("us-central1", Map.of("team", ""))))
          .containsExactly(
              new Found(
                  GPU.cloudId(),
                  "us-central1",
                  2,
                  5,
                  Map.of("team", "ml", "windlass-min", "2", "windlass-max", "5")));
      assertThat(Connection.done(discovery.discover("", Map.of("namePrefix", "we"))))
          .containsExactly(new Found(Connection.WEB.cloudId(), "us-central1", 1, 7, Map.of()));
      assertThat(Connection.done(discovery.discover("europe-west1", Map.of()))).isEmpty();
    }
  }

  @Test
  void nodePoolsTellPodsAndRivals() {
    try (Connection rig = Connection.start().withWeb(0)) {
      rig.gcp.putCluster(
          "acme/us-central1/main",
          List.of(new GkePool("web", List.of(Connection.WEB.cloudId()), true, 1, 7, Map.of(), 64)));
      Templates templates = rig.provider.capability(Templates.class).orElseThrow();

      assertThat(
              Connection.done(templates.variants(Connection.WEB))
                  .getFirst()
                  .capacity()
                  .get(Resources.PODS))
          .isEqualTo(64);
      assertThat(rig.view().remarks()).extracting(Remark::kind).containsExactly(Remark.Kind.RIVAL);
    }
  }

  @Test
  void aPriceListThatFailsIsAFailureAndNotFree() {
    try (Connection rig = Connection.start().withWeb(0)) {
      rig.gcp.faults().once(Target.of("skus.list"), Fault.Foreign.html(200));
      Offers offers = rig.provider.capability(Offers.class).orElseThrow();

      Connection.failure(offers.offers(Connection.WEB));
      assertThat(Connection.done(offers.offers(Connection.WEB))).hasSize(1);
    }
  }

  private static void addGpuGroup(Connection rig) {
    rig.gcp.addGroup(new FakeGroup(GPU.cloudId(), 0, 10, 1, List.of(N1)));
    rig.gcp.setTemplate(
        GPU.cloudId(),
        new GcpTemplate(
            Map.of("team", "ml", "windlass-min", "2", "windlass-max", "5"),
            "AUTOSCALER_ENV_VARS: node_labels=team=ml;os_distribution=cos",
            Map.of("nvidia-tesla-t4", 2),
            100,
            0));
  }
}
