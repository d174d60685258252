package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Azure's documented token buckets do to the provider. */
class RatesIT {
  @Test
  void aSetTakesTwelveChangesAtOnceAndFourAMinuteAfterThat() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 0)) {
      rig.azure.setLimits(AzureRig.SET, 0, 100);
      rig.azure.enforceRates();
      for (int size = 0; size < 12; size++) {
        assertThat(rig.increase(AzureRig.SET, size, size + 1))
            .isInstanceOf(CloudOutcome.Done.class);
      }

      CloudFailure refused = AzureRig.failure(rig.increase(AzureRig.SET, 12, 13));

      assertThat(refused.cause()).isEqualTo(Cause.THROTTLED);
      assertThat(refused.hold()).isEqualTo(Duration.ofMinutes(1));
      rig.azure.clock().advance(Duration.ofMinutes(1));
      assertThat(rig.increase(AzureRig.SET, 12, 13)).isInstanceOf(CloudOutcome.Done.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AzureRig.SET, AzureRig.POOL})
  void allMachinesThatGoTogetherGoWithOneChange(String group) {
    try (AzureRig rig = AzureRig.start().with(group, 10)) {
      rig.azure.enforceRates();

      InstanceId[] all =
          rig.azure.machines(group).stream().map(each -> each.id()).toArray(InstanceId[]::new);
      assertThat(AzureRig.done(rig.delete(group, all)).values())
          .hasSize(10)
          .containsOnly(new Deletion.Accepted());

      assertThat(rig.azure.journal().entries())
          .filteredOn(each -> each.request().writes())
          .as("of four a minute")
          .hasSize(1);
    }
  }

  @Test
  void aGroupCanBeReadEveryTenSecondsForAnHour() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1)) {
      rig.azure.enforceRates();
      for (int reading = 0; reading < 360; reading++) {
        assertThat(rig.view(AzureRig.SET).instances()).hasSize(1);
        rig.azure.clock().advance(Duration.ofSeconds(10));
      }
    }
  }
}
