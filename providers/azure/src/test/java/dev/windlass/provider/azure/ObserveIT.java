package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObserveIT {
  private static final String LIST = "VirtualMachineScaleSetVMs_List";

  @ParameterizedTest
  @ValueSource(strings = {AzureRig.SET, AzureRig.POOL})
  void readsSizeBoundsAndMachines(String group) {
    try (AzureRig rig = AzureRig.start().with(group, 3)) {
      GroupView view = rig.view(group);

      assertThat(view.target()).isEqualTo(3);
      assertThat(view.limits()).isEqualTo(new GroupView.Limits(0, 10));
      assertThat(view.instances())
          .extracting(Instance::id)
          .containsExactlyElementsOf(
              rig.azure.machines(group).stream().map(each -> each.id()).toList());
      assertThat(view.instances())
          .extracting(each -> each.variant().zone(), Instance::state)
          .contains(org.assertj.core.groups.Tuple.tuple("eastus-1", Instance.State.RUNNING))
          .contains(org.assertj.core.groups.Tuple.tuple("eastus-2", Instance.State.RUNNING));
    }
  }

  @Test
  void readsMachinesOfMixedSetsWithTheirOwnTypeAndPurchase() {
    Variant large = new Variant("Standard_D8s_v5", "eastus-2", Purchase.ON_DEMAND);
    try (AzureRig rig = AzureRig.start().with("workers/mix", 1, AzureRig.SPOT, large)) {
      rig.azure.sellOut(FailureScope.of(AzureRig.SPOT));
      rig.azure.setTarget("workers/mix", 2);

      assertThat(rig.view("workers/mix").instances())
          .extracting(Instance::variant)
          .containsExactly(AzureRig.SPOT, large);
    }
  }

  @Test
  void seesEachStateThatAMachineCanBeIn() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 3)) {
      InstanceId broken = rig.machine(AzureRig.SET, 0);
      rig.azure.failExtension(broken);
      rig.delete(AzureRig.SET, rig.machine(AzureRig.SET, 1));
      rig.azure.setTarget(AzureRig.SET, 3);

      assertThat(rig.view(AzureRig.SET).instances())
          .extracting(Instance::state)
          .as("a machine whose extension failed runs")
          .containsExactly(
              Instance.State.RUNNING,
              Instance.State.DELETING,
              Instance.State.RUNNING,
              Instance.State.CREATING);
    }
  }

  @Test
  void reportsTheRealCodeOfAMachineThatNeverCameUpOnce() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1, AzureRig.ZONE_1)) {
      rig.azure.sellOut(FailureScope.ofZone("eastus-1"));
      rig.azure.setTarget(AzureRig.SET, 2);
      rig.azure.clock().advance(Duration.ofMinutes(2));

      GroupView view = rig.view(AzureRig.SET);

      assertThat(view.target()).as("Azure keeps the size that was asked for").isEqualTo(2);
      assertThat(view.instances().get(1).state()).isEqualTo(Instance.State.FAILED);
      assertThat(view.failures()).hasSize(1);
      assertThat(view.failures().getFirst().failure().code()).isEqualTo("ZonalAllocationFailed");
      assertThat(view.failures().getFirst().failure().cause()).isEqualTo(Cause.CAPACITY);
      assertThat(view.failures().getFirst().failure().scope())
          .isEqualTo(FailureScope.of(AzureRig.ZONE_1));
      assertThat(rig.view(AzureRig.SET).failures()).isEmpty();
    }
  }

  @Test
  void takesADeallocatedSpotMachineForEvicted() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1, AzureRig.SPOT)) {
      rig.azure.deallocate(rig.machine(AzureRig.SET, 0));

      GroupView view = rig.view(AzureRig.SET);

      assertThat(view.instances().getFirst().state()).isEqualTo(Instance.State.FAILED);
      assertThat(view.failures())
          .singleElement()
          .satisfies(
              each -> assertThat(each.failure().scope()).isEqualTo(FailureScope.of(AzureRig.SPOT)));
    }
  }

  @Test
  void adoptsTheSmallerSizeAfterAnEviction() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 2, AzureRig.SPOT)) {
      rig.azure.interrupt(rig.machine(AzureRig.SET, 0), null);
      rig.azure.clock().advance(Duration.ofSeconds(31));

      GroupView view = rig.view(AzureRig.SET);

      assertThat(view.target()).isEqualTo(1);
      assertThat(view.instances()).hasSize(1);
    }
  }

  @Test
  void failsOnlyTheGroupsThatItCouldNotRead() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1).with("workers/db", 1)) {
      rig.azure.faults().always(new Target(LIST, "workers/db", ""), Fault.Foreign.html(200));

      Observation seen =
          rig.provider.observe(
              List.of(
                  AzureRig.reference(AzureRig.SET),
                  AzureRig.reference("workers/db"),
                  AzureRig.reference("workers/none"),
                  AzureRig.reference("malformed")));

      assertThat(seen.completeness()).isEqualTo(Observation.Completeness.PARTIAL);
      assertThat(seen.groups().values().stream().filter(CloudOutcome.Done.class::isInstance))
          .hasSize(1);
      assertThat(AzureRig.failure(rig.observe("workers/none")).cause()).isEqualTo(Cause.NOT_FOUND);
      assertThat(AzureRig.failure(rig.observe("malformed")).cause()).isEqualTo(Cause.CONFIG);
    }
  }

  @Test
  void neverTakesAPageThatDidNotComeForTheEnd() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 5)) {
      for (Fault fault :
          List.of(
              new Fault.Truncated(),
              new Fault.Cut(false),
              Fault.Foreign.html(200),
              new Fault.Foreign(200, "application/json", ""),
              new Fault.Foreign(200, "application/json", "{}"),
              new Fault.Refusal(503, "ServerBusy", "busy"))) {
        rig.azure.faults().after(new Target(LIST, AzureRig.SET, ""), 1, 9, fault);

        assertThat(rig.observe(AzureRig.SET))
            .as("%s", fault)
            .isNotInstanceOf(CloudOutcome.Done.class);
        rig.azure.faults().clear();
        assertThat(rig.view(AzureRig.SET).instances()).hasSize(5);
      }
    }
  }

  @Test
  void asksTheBudgetBeforeEachPage() {
    CallBudget none = (_, _, method) -> !method.equals(LIST);
    try (AzureRig rig = AzureRig.start(none, Duration.ofSeconds(10)).with(AzureRig.SET, 1)) {
      assertThat(AzureRig.failure(rig.observe(AzureRig.SET)).cause()).isEqualTo(Cause.THROTTLED);
      assertThat(rig.calls(LIST)).isZero();
    }
  }

  @Test
  void listsMachinesOfManyGroupsAtRestInTurn() {
    int groups = AzureProvider.LISTED_IN_TURN + 20;
    try (AzureRig rig = AzureRig.start()) {
      List<dev.windlass.provider.spi.GroupReference> all =
          IntStream.range(0, groups)
              .mapToObj(each -> "workers/set" + each)
              .peek(each -> rig.with(each, 1))
              .map(each -> AzureRig.reference(each))
              .toList();
      rig.provider.observe(all);
      assertThat(rig.calls(LIST)).isEqualTo(groups);

      rig.azure.setTarget("workers/set7", 2);
      rig.azure.journal().clear();
      Observation second = rig.provider.observe(all);

      assertThat(second.completeness()).isEqualTo(Observation.Completeness.COMPLETE);
      assertThat(rig.calls(LIST))
          .isBetween((long) AzureProvider.LISTED_IN_TURN, AzureProvider.LISTED_IN_TURN + 1L);
    }
  }

  @Test
  void remarksOnSetsThatLeadToSurprises() {
    try (AzureRig rig = AzureRig.start()) {
      rig.azure.addGroup(
          new FakeGroup(AzureRig.SET, 0, 5, 1, List.of(AzureRig.ZONE_1, AzureRig.ZONE_2)));
      rig.azure.setOverprovision(AzureRig.SET, true);
      rig.azure.setZoneBalance(AzureRig.SET, true);

      assertThat(rig.view(AzureRig.SET).remarks())
          .extracting(GroupView.Remark::kind)
          .containsExactly(
              GroupView.Remark.Kind.CONFIGURATION, GroupView.Remark.Kind.CONFIGURATION);
    }
  }
}
