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
      new Variant("n1-standard-4+2xt4", Rig.ZONE, Purchase.ON_DEMAND);
  private static final GroupReference GPU =
      Rig.reference("gpu", "acme/us-central1-a/gpu", List.of(N1));

  @Test
  void describesAttachedGpusAndUnknownTypes() {
    Variant odd = new Variant("z9-standard-4", Rig.ZONE, Purchase.ON_DEMAND);
    GroupReference unknown =
        Rig.reference("odd", "acme/us-central1-a/odd", List.of(odd));
    try (Rig rig = Rig.start()) {
      addGpuGroup(rig);
      rig.gcp.addGroup(new FakeGroup(unknown.cloudId(), 0, 10, 0, List.of(odd)));
      Templates templates = rig.provider.capability(Templates.class).orElseThrow();

      Described described = Rig.done(templates.variants(GPU)).getFirst();

      assertThat(described.variant()).isEqualTo(N1);
      assertThat(described.gpu()).isEqualTo(new Gpu("nvidia-tesla-t4", 2, 16_384));
      assertThat(described.capacity().get(Resources.NVIDIA_GPU)).isEqualTo(2);
      assertThat(described.labels()).containsEntry("team", "ml");
      assertThat(rig.view(GPU).instances().getFirst().variant()).isEqualTo(N1);
      assertThat(Rig.done(templates.variants(unknown)).getFirst().unavailable())
          .contains("z9-standard-4");
    }
  }

  @Test
  void aGroupOfSeveralTypesAndZonesHasEachVariant() {
    List<Variant> variants =
        List.of(
            new Variant("n2-standard-4", "us-central1-a", Purchase.SPOT),
            new Variant("n2-standard-8", "us-central1-b", Purchase.SPOT));
    GroupReference group = Rig.reference("flex", "acme/us-central1/flex", variants);
    try (Rig rig = Rig.start()) {
      rig.gcp.addGroup(new FakeGroup(group.cloudId(), 0, 10, 2, variants));
      Templates templates = rig.provider.capability(Templates.class).orElseThrow();

      assertThat(Rig.done(templates.variants(group)))
          .extracting(Described::variant)
          .hasSize(4)
          .containsAll(variants);
      assertThat(rig.view(group).instances()).extracting(it -> it.variant()).isEqualTo(variants);
    }
  }

  @Test
  void pricesAreSummedFromTheirPartsAndMissingOnesAreAbsent() {
    Variant l4 = new Variant("g2-standard-4", Rig.ZONE, Purchase.ON_DEMAND);
    GroupReference group = Rig.reference("l4", "acme/us-central1-a/l4", List.of(l4));
    try (Rig rig = Rig.start().withWeb(0)) {
      addGpuGroup(rig);
      rig.gcp.addGroup(new FakeGroup(group.cloudId(), 0, 10, 0, List.of(l4)));
      Offers offers = rig.provider.capability(Offers.class).orElseThrow();

      assertThat(Rig.done(offers.offers(Rig.WEB)))
          .containsExactly(
              Map.entry(
                  Rig.N2,
                  new Offer(
                      Price.ofUsdPerHour(4 * 0.031611 + 16 * 0.004237),
                      Instant.parse("2026-02-01T00:00:00Z"),
                      "Cloud Billing")));
      assertThat(Rig.done(offers.offers(group)).values())
          .extracting(Offer::price)
          .containsExactly(Price.ofUsdPerHour(4 * 0.024988 + 16 * 0.002927 + 0.56004));
      assertThat(Rig.done(offers.offers(GPU))).isEmpty();
    }
  }

  @Test
  void limitsAreThoseOfTheGroupsMachines() {
    try (Rig rig = Rig.start().withWeb(3)) {
      rig.gcp.limit(new FailureScope(Set.of("n2-standard-4"), Set.of(), null), 5);
      rig.gcp.limit(new FailureScope(Set.of("c3-standard-4"), Set.of(), null), 5);
      Quotas quotas = rig.provider.capability(Quotas.class).orElseThrow();

      assertThat(Rig.done(quotas.quotas(Rig.WEB)))
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
    try (Rig rig = Rig.start().withWeb(0)) {
      rig.gcp.addReservation(
          new GcpReservation("mine", Rig.ZONE, "n2-standard-4", 10, 4, true));
      rig.gcp.addReservation(
          new GcpReservation("other", Rig.ZONE, "c3-standard-4", 10, 4, true));
      rig.gcp.addReservation(
          new GcpReservation("soon", Rig.ZONE, "n2-standard-4", 2, 0, false));
      Reservations reservations = rig.provider.capability(Reservations.class).orElseThrow();

      assertThat(Rig.done(reservations.reservations(Rig.WEB)))
          .containsExactly(
              new Reservation("mine", "n2-standard-4", Rig.ZONE, 10, 6, true, null),
              new Reservation("soon", "n2-standard-4", Rig.ZONE, 2, 2, false, null));
    }
  }

  @Test
  void findsGroupsByLabelsAndByNames() {
    try (Rig rig = Rig.start().withWeb(0)) {
      addGpuGroup(rig);
      rig.gcp.putCluster(
          "acme/us-central1/main",
          List.of(new GkePool("web", List.of(Rig.WEB.cloudId()), true, 1, 7, Map.of(), 64)));
      Discovery discovery = rig.provider.capability(Discovery.class).orElseThrow();

      assertThat(Rig.done(discovery.discover("us-central1", Map.of("team", ""))))
          .containsExactly(
              new Found(
                  GPU.cloudId(),
                  "us-central1",
                  2,
                  5,
                  Map.of("team", "ml", "windlass-min", "2", "windlass-max", "5")));
      assertThat(Rig.done(discovery.discover("", Map.of("namePrefix", "we"))))
          .containsExactly(new Found(Rig.WEB.cloudId(), "us-central1", 1, 7, Map.of()));
      assertThat(Rig.done(discovery.discover("europe-west1", Map.of()))).isEmpty();
    }
  }

  @Test
  void nodePoolsTellPodsAndRivals() {
    try (Rig rig = Rig.start().withWeb(0)) {
      rig.gcp.putCluster(
          "acme/us-central1/main",
          List.of(new GkePool("web", List.of(Rig.WEB.cloudId()), true, 1, 7, Map.of(), 64)));
      Templates templates = rig.provider.capability(Templates.class).orElseThrow();

      assertThat(Rig.done(templates.variants(Rig.WEB)).getFirst().capacity().get(Resources.PODS))
          .isEqualTo(64);
      assertThat(rig.view().remarks()).extracting(Remark::kind).containsExactly(Remark.Kind.RIVAL);
    }
  }

  @Test
  void aPriceListThatFailsIsAFailureAndNotFree() {
    try (Rig rig = Rig.start().withWeb(0)) {
      rig.gcp.faults().once(Target.of("skus.list"), Fault.Foreign.html(200));
      Offers offers = rig.provider.capability(Offers.class).orElseThrow();

      Rig.failure(offers.offers(Rig.WEB));
      assertThat(Rig.done(offers.offers(Rig.WEB))).hasSize(1);
    }
  }

  private static void addGpuGroup(Rig rig) {
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
