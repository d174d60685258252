package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Quotas.Quota;
import dev.windlass.provider.spi.Quotas.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of vCPUs, from Service Quotas and from what runs. */
class QuotasIT {
  private static final Variant GPU = new Variant("g5.xlarge", "us-east-1a", Purchase.ON_DEMAND);
  private static final Variant SPOT = new Variant("c5.xlarge", "us-east-1a", Purchase.SPOT);
  private static final GroupReference GROUP = Rig.group("any", List.of(Rig.LARGE, GPU, SPOT));

  private final Rig rig = Rig.start();

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void readsTheLimitsOfTheGroupsMachinesAndWhatRunsOfThem() {
    rig.aws.setQuota("L-1216C47A", 256);
    rig.aws.setQuota("L-34B43A08", 64);
    rig.aws.setQuota("L-DB2E81BA", 0);
    rig.put("i-1", "InService", Rig.LARGE);
    rig.put("i-2", "Pending", new Variant("m5.2xlarge", "us-east-1b", Purchase.ON_DEMAND));
    rig.put("i-3", "InService", SPOT);
    rig.put("i-4", "Terminating", Rig.LARGE);
    rig.put("i-5", "InService", new Variant("p5.48xlarge", "us-east-1a", Purchase.ON_DEMAND));

    assertThat(Rig.value(rig.provider.quotas(GROUP)))
        .containsExactlyInAnyOrder(
            quota("L-1216C47A", "m5.large", Purchase.ON_DEMAND, 256, 10),
            quota("L-34B43A08", "c5.xlarge", Purchase.SPOT, 64, 4),
            quota("L-DB2E81BA", "g5.xlarge", Purchase.ON_DEMAND, 0, 0));
  }

  private static Quota quota(String code, String type, Purchase purchase, long limit, long used) {
    return new Quota(
        "quota " + code,
        new FailureScope(Set.of(type), Set.of(), purchase),
        Unit.VCPUS,
        limit,
        used);
  }

  @Test
  void readsARegionOnceInFiveMinutesWhicheverGroupAsks() {
    rig.provider.quotas(GROUP);
    int once = rig.calls("ListServiceQuotas");
    rig.provider.quotas(Rig.group("other", List.of(Rig.LARGE)));
    assertThat(rig.calls("ListServiceQuotas")).isEqualTo(once).isGreaterThan(1);

    rig.aws.clock().advance(Duration.ofMinutes(5));
    rig.provider.quotas(GROUP);
    assertThat(rig.calls("ListServiceQuotas")).isEqualTo(2 * once);
  }

  @Test
  void isSilentOfAGroupThatCountsAgainstNoLimitItKnows() {
    Variant trainium = new Variant("trn1.2xlarge", "us-east-1a", Purchase.ON_DEMAND);

    assertThat(Rig.value(rig.provider.quotas(Rig.group("trn", List.of(trainium))))).isEmpty();
    assertThat(rig.calls("ListServiceQuotas")).isZero();
  }

  @Test
  void neverTakesLimitsThatCannotBeReadForNone() {
    rig.refuse("ListServiceQuotas", 400, "AccessDeniedException");

    assertThat(Rig.failure(rig.provider.quotas(GROUP)))
        .satisfies(failure -> assertThat(failure.cause()).isEqualTo(Cause.PERMISSION))
        .satisfies(
            failure -> assertThat(failure.message()).contains("servicequotas:ListServiceQuotas"));
  }

  @ParameterizedTest
  @CsvSource({
    "m7i.large, ON_DEMAND, L-1216C47A",
    "m7i.large, SPOT, L-34B43A08",
    "im4gn.large, ON_DEMAND, L-1216C47A",
    "g6e.12xlarge, ON_DEMAND, L-DB2E81BA",
    "gr6.4xlarge, SPOT, L-3819A6DF",
    "vt1.3xlarge, ON_DEMAND, L-DB2E81BA",
    "p5en.48xlarge, ON_DEMAND, L-417A185B",
    "p5en.48xlarge, SPOT, L-C4BD4855",
    "p4d.24xlarge, SPOT, L-7212CCBC",
    "inf2.xlarge, ON_DEMAND,",
    "x2idn.16xlarge, ON_DEMAND,"
  })
  void knowsWhatEachTypeCountsAgainst(String type, Purchase purchase, @Nullable String code) {
    Variant variant = new Variant(type, "us-east-1a", purchase);

    assertThat(VcpuLimit.ALL)
        .filteredOn(limit -> limit.covers(variant))
        .extracting(VcpuLimit::code)
        .containsExactlyElementsOf(code == null ? List.of() : List.of(code));
  }
}
