package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Offers.Offer;
import dev.windlass.provider.spi.Reservations.Reservation;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import dev.windlass.provider.testkit.aws.AwsReservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Prices and reservations. */
class PricesIT {
  private static final Variant SPOT_A = new Variant("m5.large", "us-east-1a", Purchase.SPOT);
  private static final Variant SPOT_B = new Variant("m5.large", "us-east-1b", Purchase.SPOT);
  private static final Variant NO_PRICE = new Variant("c5.xlarge", "us-east-1a", Purchase.SPOT);
  private static final GroupReference GROUP =
      Rig.group("any", List.of(Rig.LARGE, SPOT_A, SPOT_B, NO_PRICE));

  private final Rig rig = Rig.start();

  @AfterEach
  void stop() {
    rig.close();
  }

  private void setPrices() {
    rig.aws.setPrice("m5.large", "", "0.0960000000");
    rig.aws.setPrice("m5.large", "us-east-1a", "0.0351");
    rig.aws.setPrice("m5.large", "us-east-1b", "0.0402");
    rig.aws.setPrice("m5.large", "us-east-1c", "0.0500");
  }

  @Test
  void readsSpotPricesByZoneAndTheListedOneWithTimeAndSource() {
    setPrices();

    assertThat(Rig.value(rig.provider.offers(GROUP)))
        .isEqualTo(
            Map.of(
                Rig.LARGE,
                offer(96_000, "pricing:GetProducts"),
                SPOT_A,
                offer(35_100, "ec2:DescribeSpotPriceHistory"),
                SPOT_B,
                offer(40_200, "ec2:DescribeSpotPriceHistory")));
    assertThat(rig.calls("DescribeSpotPriceHistory")).isEqualTo(2);
  }

  private static Offer offer(long micros, String source) {
    return new Offer(new Price(micros), Rig.NOW, source);
  }

  @Test
  void keepsTheLastPriceWithItsAgeWhileTheFeedIsSilent() {
    setPrices();
    rig.provider.offers(GROUP);
    rig.aws.clock().advance(Duration.ofHours(13));
    rig.aws.faults().always(Target.of(""), new Fault.Cut(false));

    assertThat(Rig.value(rig.provider.offers(GROUP)))
        .containsEntry(SPOT_A, offer(35_100, "ec2:DescribeSpotPriceHistory"))
        .containsEntry(Rig.LARGE, offer(96_000, "pricing:GetProducts"));
  }

  @Test
  void neverTakesAMissingPriceForZero() {
    rig.aws.setPrice("m5.large", "", "0.0000000000");
    assertThat(Rig.value(rig.provider.offers(GROUP))).isEmpty();

    rig.aws.faults().always(Target.of(""), new Fault.Cut(false));
    assertThat(Rig.cause(rig.provider.offers(GROUP))).isEqualTo(Cause.TRANSIENT);
  }

  @Test
  void readsTheReservationsOfItsOffers() {
    rig.aws.put(new AwsReservation("cr-1", "m5.large", "us-east-1a", 5, 2, "active", null));
    rig.aws.put(
        new AwsReservation(
            "cr-2", "m5.large", "us-east-1b", 1, 1, "scheduled", Rig.NOW.plusSeconds(60)));
    rig.aws.put(new AwsReservation("cr-3", "m5.large", "us-east-1c", 1, 1, "active", null));
    rig.aws.put(new AwsReservation("cr-4", "m5.large", "us-east-1a", 1, 1, "expired", null));

    assertThat(Rig.value(rig.provider.reservations(GROUP)))
        .containsExactly(
            new Reservation("cr-1", "m5.large", "us-east-1a", 5, 2, true, null),
            new Reservation(
                "cr-2", "m5.large", "us-east-1b", 1, 1, false, Rig.NOW.plusSeconds(60)));
  }
}
