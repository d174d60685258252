package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupView;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Sets of several zones: which zone a machine comes in is the set's choice, so that a part of an
 * increase can be sold out, in one zone.
 */
class ZonesIT {
  @Test
  void closesOnlyTheZoneInWhichMachinesFailed() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 2)) {
      rig.azure.sellOut(FailureScope.ofZone("eastus-2"));
      AzureRig.done(rig.increase(AzureRig.SET, 2, 6));
      rig.azure.clock().advance(Duration.ofMinutes(2));

      GroupView view = rig.view(AzureRig.SET);

      assertThat(view.instances())
          .filteredOn(each -> each.state() == Instance.State.RUNNING)
          .filteredOn(each -> each.variant().equals(AzureRig.ZONE_1))
          .as("half of the batch came")
          .hasSize(3);
      assertThat(view.failures()).hasSize(2);
      CloudFailure failure = view.failures().getFirst().failure();
      assertThat(failure.cause()).isEqualTo(Cause.CAPACITY);
      assertThat(failure.scope().covers(AzureRig.ZONE_2)).isTrue();
      assertThat(failure.scope().covers(AzureRig.ZONE_1)).isFalse();
    }
  }

  @Test
  void getsTheRestInTheOtherZoneOnceTheFailedMachinesAreDeleted() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 2)) {
      rig.azure.sellOut(FailureScope.ofZone("eastus-2"));
      rig.increase(AzureRig.SET, 2, 4);
      rig.azure.clock().advance(Duration.ofMinutes(2));
      InstanceId[] failed =
          rig.view(AzureRig.SET).instances().stream()
              .filter(each -> each.state() == Instance.State.FAILED)
              .map(Instance::id)
              .toArray(InstanceId[]::new);

      assertThat(AzureRig.done(rig.delete(AzureRig.SET, failed)).values())
          .containsExactly(new Deletion.Accepted());
      AzureRig.done(rig.increase(AzureRig.SET, 3, 4));
      rig.azure.clock().advance(Duration.ofMinutes(2));

      assertThat(rig.view(AzureRig.SET).instances())
          .hasSize(4)
          .allMatch(each -> each.state() == Instance.State.RUNNING);
    }
  }

  @Test
  void failsAllInASetThatKeepsItsZonesInBalance() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 2)) {
      rig.azure.setZoneBalance(AzureRig.SET, true);
      rig.azure.sellOut(FailureScope.ofZone("eastus-2"));
      AzureRig.done(rig.increase(AzureRig.SET, 2, 4));
      rig.azure.clock().advance(Duration.ofMinutes(2));

      assertThat(rig.view(AzureRig.SET).instances())
          .filteredOn(each -> each.state() == Instance.State.FAILED)
          .hasSize(2);
    }
  }
}
