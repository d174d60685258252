package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.Taint;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Discovery;
import dev.windlass.provider.spi.Offers.Offer;
import dev.windlass.provider.spi.Quotas.Quota;
import dev.windlass.provider.spi.Reservations.Reservation;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.spi.Templates.Gpu;
import dev.windlass.provider.spi.Templates.Provenance;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueIT {
  @Test
  void describesWhatASetMayBring() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 0)) {
      rig.azure.setTag(
          AzureRig.SET, "k8s.io_cluster-autoscaler_node-template_label_team.io_data~2set", "red");
      rig.azure.setTag(
          AzureRig.SET,
          "k8s.io_cluster-autoscaler_node-template_taint_dedicated",
          "red:NoSchedule");

      List<Described> variants =
          AzureRig.done(rig.provider.variants(AzureRig.reference(AzureRig.SET)));

      assertThat(variants)
          .extracting(Described::variant)
          .containsExactly(AzureRig.ZONE_1, AzureRig.ZONE_2);
      Described first = variants.getFirst();
      assertThat(first.labels())
          .containsEntry("team.io/data_set", "red")
          .containsEntry("topology.kubernetes.io/zone", "eastus-1")
          .containsEntry("node.kubernetes.io/instance-type", AzureRig.TYPE);
      assertThat(first.taints())
          .containsExactly(new Taint("dedicated", "red", Taint.Effect.NO_SCHEDULE));
      assertThat(first.capacity().get(Resources.CPU)).isEqualTo(4_000);
      assertThat(first.allocatable().get(Resources.CPU)).isEqualTo(3_860);
      assertThat(first.gpu()).isEqualTo(Gpu.NONE);
      assertThat(first.provenance())
          .containsEntry("labels", Provenance.TAG)
          .containsEntry("capacity", Provenance.API)
          .containsEntry("allocatable", Provenance.FORMULA);
      assertThat(first.unavailable()).isEmpty();
    }
  }

  @Test
  void describesANodePoolFromItsOwnDocument() {
    Variant gpu = new Variant("Standard_ND96isr_H100_v5", "eastus-1", Purchase.SPOT);
    try (AzureRig rig = AzureRig.start().with(AzureRig.POOL, 0, gpu)) {
      Described described =
          AzureRig.done(rig.provider.variants(AzureRig.reference(AzureRig.POOL))).getFirst();

      assertThat(described.gpu()).isEqualTo(new Gpu("H100", 8, 0));
      assertThat(described.capacity().get(Resources.NVIDIA_GPU)).isEqualTo(8);
      assertThat(described.labels())
          .containsEntry("pool", "gpu")
          .containsEntry("kubernetes.azure.com/accelerator", "nvidia")
          .containsEntry("kubernetes.azure.com/scalesetpriority", "spot");
      assertThat(described.taints())
          .contains(new Taint("dedicated", "gpu", Taint.Effect.NO_SCHEDULE));
    }
  }

  @Test
  void namesATypeThatTheRegionDoesNotHaveAndGoesOn() {
    Variant unknown = new Variant("Standard_Z1_v9", "eastus-1", Purchase.ON_DEMAND);
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 0)) {
      List<Described> variants =
          AzureRig.done(
              rig.provider.variants(AzureRig.reference(AzureRig.SET, unknown, AzureRig.ZONE_1)));

      assertThat(variants)
          .extracting(Described::unavailable)
          .containsExactly("there is no machine type Standard_Z1_v9 in eastus", "");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Standard_NC24ads_A100_v4, A100",
    "Standard_NC4as_T4_v3, T4",
    "Standard_NV6ads_A10_v5, A10",
    "Standard_ND96isr_H100_v5, H100",
    "Standard_ND96isr_H200_v5, H200",
    "Standard_ND128isr_GB200_v6, GB200",
    "Standard_ND96isr_MI300X_v5, MI300X",
    "Standard_NC6s_v3, V100",
    "Standard_NC12s_v2, P100",
    "Standard_ND96asr_A100_v4, A100",
    "Standard_NV12s_v3, M60",
    "Standard_NV8as_v4, MI25"
  })
  void readsTheModelOfAGpuFromTheTypesName(String type, String model) {
    assertThat(GpuModels.of(type)).contains(model);
  }

  @Test
  void findsSetsByTheirTags() {
    try (AzureRig rig =
        AzureRig.start()
            .with(AzureRig.SET, 1)
            .with("workers/other", 1)
            .with("workers/third", 0)
            .with(AzureRig.POOL, 1)) {
      rig.azure.setTag(AzureRig.SET, "cluster-autoscaler-enabled", "true");
      rig.azure.setTag(AzureRig.SET, "cluster-autoscaler-name", "prod");
      rig.azure.setTag("workers/other", "cluster-autoscaler-enabled", "true");

      List<Discovery.Found> found =
          AzureRig.done(
              rig.provider.discover(
                  "", Map.of("cluster-autoscaler-enabled", "true", "cluster-autoscaler-name", "")));

      assertThat(found)
          .singleElement()
          .satisfies(each -> {
            assertThat(each.cloudId()).isEqualTo(AzureRig.SET);
            assertThat(each.max()).isEqualTo(10);
          });
      assertThat(AzureRig.done(rig.provider.discover("westeurope", Map.of()))).isEmpty();
    }
  }

  @Test
  void readsPricesOfEachPurchase() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 0)) {
      Map<Variant, Offer> offers = offers(rig);

      assertThat(offers)
          .containsEntry(AzureRig.ZONE_1, offer(0.192))
          .containsEntry(AzureRig.SPOT, offer(0.048));
    }
  }

  private static Offer offer(double usd) {
    return new Offer(Price.ofUsdPerHour(usd), AzureRig.NOW, "Azure retail prices");
  }

  @Test
  void keepsTheLastPriceWithItsAgeWhenTheListIsMissing() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 0)) {
      Map<Variant, Offer> first = offers(rig);
      rig.azure.clock().advance(Duration.ofHours(7));
      for (Fault fault :
          List.of(
              Fault.Foreign.html(200),
              new Fault.Foreign(200, "application/json", "{\"Items\":[]}"),
              new Fault.Refusal(503, "ServerBusy", "busy"))) {
        rig.azure.faults().times(Target.of("RetailPrices_List"), 2, fault);

        assertThat(offers(rig)).as("%s", fault).isEqualTo(first);
        rig.azure.faults().clear();
      }
    }
  }

  private static Map<Variant, Offer> offers(AzureRig rig) {
    return AzureRig.done(
        rig.provider.offers(AzureRig.reference(AzureRig.SET, AzureRig.ZONE_1, AzureRig.SPOT)));
  }

  @Test
  void saysWhenNoPriceIsKnownAtAll() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 0)) {
      rig.azure.faults().always(Target.of("RetailPrices_List"), new Fault.Refusal(429, "x", "x"));

      assertThat(
              AzureRig.failure(
                      rig.provider.offers(AzureRig.reference(AzureRig.SET, AzureRig.ZONE_1)))
                  .cause())
          .isEqualTo(Cause.THROTTLED);
    }
  }

  @Test
  void readsTheLimitsThatAGroupCountsAgainst() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 2)) {
      rig.azure.limit(new FailureScope(Set.of(AzureRig.TYPE), Set.of(), Purchase.ON_DEMAND), 5);

      List<Quota> quotas =
          AzureRig.done(rig.provider.quotas(AzureRig.reference(AzureRig.SET, AzureRig.ZONE_1)));

      assertThat(quotas)
          .extracting(Quota::name)
          .containsExactly("cores", "lowPriorityCores", "standardDSv5Family");
      assertThat(quotas.get(2).limit()).isEqualTo(20);
      assertThat(quotas.get(2).used()).isEqualTo(8);
      assertThat(quotas.get(2).scope().instanceTypes()).containsExactly(AzureRig.TYPE);
    }
  }

  @Test
  void readsTheReservationsThatASetDrawsFrom() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1, AzureRig.ZONE_1)) {
      assertThat(reservations(rig)).isEmpty();
      rig.azure.reserve(AzureRig.SET, "kept");

      assertThat(reservations(rig))
          .containsExactly(new Reservation("web", AzureRig.TYPE, "eastus-1", 4, 3, true, null));
    }
  }

  private static List<Reservation> reservations(AzureRig rig) {
    return AzureRig.done(rig.provider.reservations(AzureRig.reference(AzureRig.SET)));
  }
}
