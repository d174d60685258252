package dev.windlass.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.Progress;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeIT {
  private static final String UPDATE = "VirtualMachineScaleSets_Update";
  private static final String DELETE = "VirtualMachineScaleSets_DeleteInstances";
  private static final Duration SHORT = Duration.ofMillis(700);

  @ParameterizedTest
  @ValueSource(strings = {AzureRig.SET, AzureRig.POOL})
  void raisesTheSizeOnTheVersionThatItRead(String group) {
    try (AzureRig rig = AzureRig.start().with(group, 1)) {
      Receipt receipt = AzureRig.done(rig.increase(group, 1, 3));

      assertThat(receipt.target()).isEqualTo(3);
      assertThat(rig.azure.target(group)).isEqualTo(3);
      assertThat(rig.azure.journal().entries().stream().filter(each -> each.request().writes()))
          .singleElement()
          .satisfies(
              each -> assertThat(each.request().arguments().get("If-Match")).isEqualTo("\"1\""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {AzureRig.SET, AzureRig.POOL})
  void doesTheSameOperationOnce(String group) {
    try (AzureRig rig = AzureRig.start().with(group, 1)) {
      rig.increase(group, 1, 3);
      rig.azure.clock().advance(Duration.ofMinutes(5));
      rig.azure.setTarget(group, 1);

      assertThat(AzureRig.done(rig.increase(group, 1, 3)).target()).isEqualTo(1);
      assertThat(rig.azure.target(group)).isEqualTo(1);
    }
  }

  @Test
  void refusesASizeThatIsNotTheExpectedOne() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 4)) {
      assertThat(rig.increase(AzureRig.SET, 1, 3)).isInstanceOf(CloudOutcome.Conflict.class);
      assertThat(rig.calls(UPDATE)).isZero();
    }
  }

  @Test
  void givesWayToAWriterThatWasFaster() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1)) {
      rig.azure
          .faults()
          .once(
              Target.of(UPDATE),
              new Fault.Refusal(412, "PreconditionFailed", "the ETag does not match"));

      assertThat(rig.increase(AzureRig.SET, 1, 3)).isInstanceOf(CloudOutcome.Conflict.class);
      assertThat(rig.azure.target(AzureRig.SET)).isEqualTo(1);
    }
  }

  @Test
  void settlesAnIncreaseWithoutAnAnswerByReading() {
    try (AzureRig rig = AzureRig.start(CallBudget.UNLIMITED, SHORT).with(AzureRig.SET, 1)) {
      rig.azure.faults().once(Target.of(UPDATE), new Fault.Cut(true));
      assertThat(AzureRig.done(rig.increase(AzureRig.SET, 1, 2)).target()).isEqualTo(2);

      rig.azure.faults().once(Target.of(UPDATE), new Fault.Silence());
      assertThat(AzureRig.done(rig.increase(AzureRig.SET, 2, 3)).target()).isEqualTo(3);

      rig.azure.faults().once(Target.of(UPDATE), new Fault.Cut(false));
      assertThat(rig.increase(AzureRig.SET, 3, 4)).isInstanceOf(CloudOutcome.Unknown.class);

      rig.azure.faults().once(Target.of(UPDATE), new Fault.Refusal(503, "ServerBusy", "busy"));
      assertThat(AzureRig.failure(rig.increase(AzureRig.SET, 3, 4)).cause())
          .isEqualTo(Cause.TRANSIENT);

      rig.azure.faults().once(Target.of(UPDATE), Fault.Foreign.html(502));
      assertThat(AzureRig.failure(rig.increase(AzureRig.SET, 3, 4)).cause())
          .isEqualTo(Cause.TRANSIENT);
      assertThat(rig.azure.target(AzureRig.SET)).isEqualTo(3);
    }
  }

  @Test
  void saysHowLongToWaitWhenThrottled() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1)) {
      rig.azure
          .faults()
          .once(
              Target.of(UPDATE),
              new Fault.Refusal(
                  429, "OperationNotAllowed", "too many requests", Map.of("Retry-After", "17")));

      CloudFailure failure = AzureRig.failure(rig.increase(AzureRig.SET, 1, 3));

      assertThat(failure.cause()).isEqualTo(Cause.THROTTLED);
      assertThat(failure.hold()).isEqualTo(Duration.ofSeconds(17));
      assertThat(rig.calls(UPDATE)).as("the SDK repeats nothing").isEqualTo(1);
    }
  }

  @Test
  void doesNotSendWhatThereIsNoQuotaFor() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1)) {
      rig.azure.limit(new FailureScope(Set.of(AzureRig.TYPE), Set.of(), Purchase.ON_DEMAND), 0);

      CloudFailure none = AzureRig.failure(rig.increase(AzureRig.SET, 1, 3));

      assertThat(none.cause()).isEqualTo(Cause.QUOTA);
      assertThat(none.hold()).isEqualTo(Duration.ofHours(1));
      assertThat(none.scope())
          .isEqualTo(new FailureScope(Set.of(AzureRig.TYPE), Set.of(), Purchase.ON_DEMAND));
      assertThat(rig.calls(UPDATE)).isZero();
    }
  }

  @Test
  void asksForAsManyAsThereIsQuotaFor() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1)) {
      rig.azure.limit(new FailureScope(Set.of(AzureRig.TYPE), Set.of(), Purchase.ON_DEMAND), 3);

      Receipt receipt = AzureRig.done(rig.increase(AzureRig.SET, 1, 6));

      assertThat(receipt.target()).isEqualTo(3);
      assertThat(receipt.failures())
          .singleElement()
          .satisfies(each -> {
            assertThat(each.cause()).isEqualTo(Cause.QUOTA);
            assertThat(each.hold()).isEqualTo(Duration.ofMinutes(10));
          });
      assertThat(rig.azure.target(AzureRig.SET)).isEqualTo(3);
    }
  }

  @Test
  void buysWithoutQuotaFiguresWhenTheyCannotBeRead() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1)) {
      rig.azure
          .faults()
          .always(Target.of("Usage_List"), new Fault.Refusal(403, "AuthorizationFailed", "no"));

      assertThat(AzureRig.done(rig.increase(AzureRig.SET, 1, 2)).target()).isEqualTo(2);
    }
  }

  @Test
  void namesTheActionAndTheResourceOfAMissingPermission() {
    String text =
        "does not have authorization to perform action"
            + " 'Microsoft.Compute/virtualMachineScaleSets/write' over scope '/subscriptions/x'";
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1)) {
      rig.azure
          .faults()
          .once(Target.of(UPDATE), new Fault.Refusal(403, "AuthorizationFailed", text));

      CloudFailure failure = AzureRig.failure(rig.increase(AzureRig.SET, 1, 2));

      assertThat(failure.cause()).isEqualTo(Cause.PERMISSION);
      assertThat(failure.message())
          .contains("Microsoft.Compute/virtualMachineScaleSets/write", "/subscriptions/x");
    }
  }

  @Test
  void followsAnOperationByItsHandleFromAnotherProcess() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1, AzureRig.ZONE_1)) {
      String handle = AzureRig.done(rig.increase(AzureRig.SET, 1, 2)).handle();
      try (AzureProvider after =
          AzureRig.connect(rig.azure, CallBudget.UNLIMITED, Duration.ofSeconds(10))) {
        assertThat(poll(after, handle)).isInstanceOf(Progress.Running.class);
        rig.azure.clock().advance(Duration.ofMinutes(2));
        assertThat(poll(after, handle)).isInstanceOf(Progress.Succeeded.class);
        assertThat(poll(after, handle.replace("00000001-", "0000ffff-")))
            .isInstanceOf(Progress.Forgotten.class);
      }
    }
  }

  @Test
  void saysWhyAnOperationFailedOrWasPreempted() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1, AzureRig.ZONE_1)) {
      rig.azure.sellOut(FailureScope.ofZone("eastus-1"));
      String first = AzureRig.done(rig.increase(AzureRig.SET, 1, 2)).handle();
      String second = AzureRig.done(rig.increase(AzureRig.SET, 2, 3)).handle();
      rig.azure.clock().advance(Duration.ofMinutes(2));

      assertThat(poll(rig.provider, first))
          .isInstanceOfSatisfying(
              Progress.Failed.class,
              each -> assertThat(each.failure().cause()).isEqualTo(Cause.CONFLICT));
      assertThat(poll(rig.provider, second))
          .isInstanceOfSatisfying(
              Progress.Failed.class,
              each -> {
                assertThat(each.failure().cause()).isEqualTo(Cause.CAPACITY);
                assertThat(each.failure().code()).isEqualTo("ZonalAllocationFailed");
              });
    }
  }

  private static Progress poll(AzureProvider provider, String handle) {
    return AzureRig.done(provider.poll(AzureRig.reference(AzureRig.SET, AzureRig.ZONE_1), handle));
  }

  @ParameterizedTest
  @ValueSource(strings = {AzureRig.SET, AzureRig.POOL})
  void deletesByIncarnationAndSaysOfEachWhatBecameOfIt(String group) {
    try (AzureRig rig = AzureRig.start().with(group, 4)) {
      InstanceId leaving = rig.machine(group, 0);
      InstanceId kept = rig.machine(group, 1);
      InstanceId wanted = rig.machine(group, 2);
      InstanceId other = new InstanceId(rig.machine(group, 3).value(), "another-incarnation");
      rig.delete(group, leaving);
      if (group.equals(AzureRig.POOL)) {
        rig.azure.clock().advance(Duration.ofMinutes(5));
      }
      rig.azure.protect(kept);
      int before = rig.azure.target(group);

      Map<InstanceId, Deletion> results =
          AzureRig.done(rig.delete(group, leaving, kept, wanted, other));

      assertThat(results.get(kept)).isInstanceOf(Deletion.Kept.class);
      assertThat(results.get(wanted)).isInstanceOf(Deletion.Accepted.class);
      assertThat(results.get(other)).isInstanceOf(Deletion.Gone.class);
      assertThat(results.get(leaving))
          .isInstanceOfAny(Deletion.AlreadyDeleting.class, Deletion.Gone.class);
      assertThat(rig.azure.target(group)).isEqualTo(before - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"azure", "gce://acme/z/n", "aws:///us-east-1a/i-1", "../../x"})
  void refusesToDeleteWhatIsNoMachineOfAzureAndDeletesTheOthers(String malformed) {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 2)) {
      InstanceId odd = new InstanceId(malformed, "1");
      InstanceId real = rig.machine(AzureRig.SET, 0);

      Map<InstanceId, Deletion> results = AzureRig.done(rig.delete(AzureRig.SET, odd, real));

      assertThat(results.get(odd))
          .isInstanceOfSatisfying(
              Deletion.Failed.class,
              failed -> assertThat(failed.failure().message()).contains("not a machine of Azure"));
      assertThat(results.get(real)).isEqualTo(new Deletion.Accepted());
    }
  }

  @Test
  void neverDeletesBelowTheGroupsMinimum() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 3)) {
      rig.azure.setLimits(AzureRig.SET, 2, 10);

      Map<InstanceId, Deletion> results =
          AzureRig.done(
              rig.delete(AzureRig.SET, rig.machine(AzureRig.SET, 0), rig.machine(AzureRig.SET, 1)));

      assertThat(results.values())
          .hasExactlyElementsOfTypes(Deletion.Accepted.class, Deletion.Kept.class);
      assertThat(rig.azure.target(AzureRig.SET)).isEqualTo(2);
    }
  }

  @Test
  void looksOnceMoreWhenAMachineVanishedInBetween() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 2)) {
      rig.azure
          .faults()
          .once(
              Target.of(DELETE),
              new Fault.Refusal(
                  400, "InvalidParameter", "The provided instanceId 0 is not an active one."));

      assertThat(AzureRig.done(rig.delete(AzureRig.SET, rig.machine(AzureRig.SET, 1))).values())
          .hasExactlyElementsOfTypes(Deletion.Accepted.class);
      assertThat(rig.azure.target(AzureRig.SET)).isEqualTo(1);
    }
  }

  @Test
  void settlesADeletionWithoutAnAnswerByReading() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 3)) {
      rig.azure.faults().once(Target.of(DELETE), new Fault.Cut(true));
      assertThat(AzureRig.done(rig.delete(AzureRig.SET, rig.machine(AzureRig.SET, 0)))).hasSize(1);

      rig.azure.faults().once(Target.of(DELETE), new Fault.Cut(false));
      assertThat(rig.delete(AzureRig.SET, rig.machine(AzureRig.SET, 1)))
          .isInstanceOf(CloudOutcome.Unknown.class);
      assertThat(rig.azure.target(AzureRig.SET)).isEqualTo(2);
    }
  }

  @Test
  void meetsTheLockOfAnAksClusterWithAConflict() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.POOL, 1).with("team/cluster/system", 1)) {
      rig.increase(AzureRig.POOL, 1, 2);

      assertThat(rig.increase("team/cluster/system", 1, 2))
          .isInstanceOf(CloudOutcome.Conflict.class);
    }
  }

  @Test
  void readsProviderIdsInAnyCase() {
    try (AzureRig rig = AzureRig.start().with(AzureRig.SET, 1)) {
      InstanceId id = rig.machine(AzureRig.SET, 0);
      InstanceId asNodesSpellIt =
          new InstanceId(
              id.value().replace("virtualmachinescalesets", "virtualMachineScaleSets"),
              id.incarnation());

      assertThat(AzureRig.done(rig.delete(AzureRig.SET, asNodesSpellIt)))
          .containsOnlyKeys(asNodesSpellIt)
          .containsValue(new Deletion.Accepted());
    }
  }
}
