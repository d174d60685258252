package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance.State;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Operations;
import dev.windlass.provider.spi.Progress;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines are asked for and deleted once, whatever happens to the requests. */
class ChangeIT {
  private static final String CREATE = "instanceGroupManagers.createInstances";
  private static final String DELETE = "instanceGroupManagers.deleteInstances";
  private static final InstanceId STRANGER = new InstanceId("aws:///us-east-1a/i-1");

  @Test
  void asksForMachinesByNamesOfTheOperation() {
    try (Connection rig = Connection.start().withWeb(2)) {
      Receipt receipt = Connection.done(rig.increase(2, 4));

      assertThat(receipt.target()).isEqualTo(4);
      assertThat(rig.gcp.target(Connection.WEB.cloudId())).isEqualTo(4);
      assertThat(rig.machines())
          .extracting(InstanceId::value)
          .filteredOn(it -> it.matches("gce://acme/us-central1-a/web-[0-9a-z]{8}-[01]"))
          .hasSize(2);
      assertThat(rig.calls("instanceGroupManagers.resize")).isZero();
    }
  }

  @Test
  void sameOperationHasOneEffectFromTwoReplicas() {
    try (Connection rig = Connection.start().withWeb(2);
        CloudProvider other =
            Connection.connect(rig.gcp, CallBudget.UNLIMITED, Duration.ofSeconds(10))) {
      Connection.done(rig.increase(2, 3));
      CloudOutcome<Receipt> again =
          other.increase(
              Connection.WEB,
              new CloudProvider.Increase(2, 3, Map.of(Connection.N2, 1)),
              Connection.OPERATION);

      assertThat(Connection.done(again).target()).isEqualTo(3);
      assertThat(rig.machines()).hasSize(3);
    }
  }

  @Test
  void anotherOperationFromAStaleTargetConflicts() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.gcp.setTarget(Connection.WEB.cloudId(), 4);

      assertThat(rig.increase(2, 3)).isInstanceOf(CloudOutcome.Conflict.class);
      assertThat(rig.gcp.target(Connection.WEB.cloudId())).isEqualTo(4);
      assertThat(rig.calls(CREATE)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCutConnectionIsSettledByTheSameRequestId(boolean happened) {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.gcp.faults().once(Target.of(CREATE), new Fault.Cut(happened));

      Connection.done(rig.increase(2, 3));

      assertThat(rig.machines()).hasSize(3);
      assertThat(rig.gcp.journal().of(CREATE))
          .hasSizeGreaterThanOrEqualTo(2)
          .extracting(it -> it.request().arguments().get("requestId"))
          .containsOnly(
              rig.gcp.journal().of(CREATE).getFirst().request().arguments().get("requestId"));
    }
  }

  @Test
  void anAnswerThatComesTooLateIsSettled() {
    try (Connection rig =
        Connection.start(CallBudget.UNLIMITED, Duration.ofSeconds(2)).withWeb(2)) {
      rig.view();
      rig.gcp.faults().once(Target.of(CREATE), new Fault.Silence());

      Connection.done(rig.increase(2, 3));

      assertThat(rig.machines()).hasSize(3);
    }
  }

  @Test
  void noAnswerAtAllIsUnknownAndLaterSettledUnderTheSameOperation() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.gcp.faults().times(Target.of(CREATE), 4, new Fault.Cut(false));

      assertThat(rig.increase(2, 3)).isInstanceOf(CloudOutcome.Unknown.class);
      rig.gcp.faults().clear();
      Connection.done(rig.increase(2, 3));

      assertThat(rig.machines()).hasSize(3);
    }
  }

  @Test
  void namesOutliveRequestIds() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.increase(2, 3);
      rig.gcp.forgetOperations();

      assertThat(Connection.done(rig.increase(2, 3)).target()).isEqualTo(3);
      assertThat(rig.machines()).hasSize(3);
    }
  }

  @Test
  void anHtmlPageInPlaceOfTheAnswerIsSettled() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.gcp.faults().once(Target.of(CREATE), Fault.Foreign.html(200));

      Connection.done(rig.increase(2, 3));

      assertThat(rig.machines()).hasSize(3);
    }
  }

  @Test
  void aStockoutClosesTheVariantAndItsMachineCanBeCancelled() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.gcp.sellOut(FailureScope.ofZone(Connection.ZONE));
      rig.increase(2, 3);

      var view = rig.view();

      assertThat(Connection.states(view))
          .containsExactly(State.RUNNING, State.RUNNING, State.FAILED);
      assertThat(view.failures())
          .singleElement()
          .satisfies(it -> {
            assertThat(it.failure().cause()).isEqualTo(Cause.CAPACITY);
            assertThat(it.failure().scope()).isEqualTo(FailureScope.of(Connection.N2));
            assertThat(it.failure().code()).isEqualTo("ZONE_RESOURCE_POOL_EXHAUSTED");
            assertThat(it.failure().hold()).isEqualTo(Duration.ofMinutes(3));
          });
      assertThat(rig.view().failures()).isEmpty();

      InstanceId stuck = view.instances().getLast().id();
      assertThat(Connection.done(rig.delete(stuck))).containsValue(new Deletion.Accepted());
      assertThat(rig.gcp.target(Connection.WEB.cloudId())).isEqualTo(2);
      assertThat(rig.gcp.machines(Connection.WEB.cloudId())).allMatch(it -> it.running());
    }
  }

  @Test
  void deletesByIncarnationAndLowersTheTarget() {
    try (Connection rig = Connection.start().withWeb(3)) {
      InstanceId first = rig.machines().getFirst();
      InstanceId second = rig.machines().get(1);
      rig.gcp.recreate(second);

      Map<InstanceId, Deletion> results = Connection.done(rig.delete(first, second, STRANGER));

      assertThat(results.get(first)).isEqualTo(new Deletion.Accepted());
      assertThat(results.get(second)).isEqualTo(new Deletion.Gone());
      assertThat(results.get(STRANGER)).isInstanceOf(Deletion.Failed.class);
      assertThat(rig.gcp.target(Connection.WEB.cloudId())).isEqualTo(2);
      assertThat(Connection.done(rig.delete(first))).containsValue(new Deletion.AlreadyDeleting());
      rig.pass(Duration.ofMinutes(2));
      assertThat(Connection.done(rig.delete(first))).containsValue(new Deletion.Gone());
    }
  }

  @Test
  void allMachinesThatGoTogetherGoWithOneChange() {
    try (Connection rig = Connection.start().withWeb(8)) {
      InstanceId[] all = rig.machines().toArray(InstanceId[]::new);

      assertThat(Connection.done(rig.delete(all)).values())
          .hasSize(8)
          .containsOnly(new Deletion.Accepted());

      assertThat(rig.gcp.journal().entries())
          .filteredOn(each -> each.request().writes())
          .hasSize(1);
    }
  }

  @Test
  void aProtectedMachineIsKeptAndTheOthersGo() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.gcp.protect(rig.machines().getFirst());

      Map<InstanceId, Deletion> results =
          Connection.done(rig.delete(rig.machines().toArray(InstanceId[]::new)));

      assertThat(results.get(rig.machines().getFirst())).isInstanceOf(Deletion.Kept.class);
      assertThat(results.get(rig.machines().get(1))).isEqualTo(new Deletion.Accepted());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeletionWithoutAnswerLowersTheTargetOnce(boolean happened) {
    try (Connection rig = Connection.start().withWeb(3)) {
      rig.gcp.faults().once(Target.of(DELETE), new Fault.Cut(happened));

      Connection.done(rig.delete(rig.machines().getFirst()));

      assertThat(rig.gcp.target(Connection.WEB.cloudId())).isEqualTo(2);
    }
  }

  @Test
  void operationsAreFollowedByTheirHandles() {
    try (Connection rig = Connection.start().withWeb(2)) {
      String handle = Connection.done(rig.increase(2, 3)).handle();
      Operations operations = (Operations) rig.provider;

      assertThat(Connection.done(operations.poll(Connection.WEB, handle)))
          .isEqualTo(new Progress.Running());
      rig.pass(Duration.ofSeconds(5));
      assertThat(Connection.done(operations.poll(Connection.WEB, handle)))
          .isEqualTo(new Progress.Succeeded());
      rig.gcp.forgetOperations();
      assertThat(Connection.done(operations.poll(Connection.WEB, handle)))
          .isEqualTo(new Progress.Forgotten());
    }
  }

  @Test
  void anOperationThatNeverEndsHidesNoMachine() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.gcp.setOperationsHanging(true);
      String handle = Connection.done(rig.increase(2, 3)).handle();
      rig.pass(Duration.ofHours(1));

      assertThat(Connection.done(((Operations) rig.provider).poll(Connection.WEB, handle)))
          .isEqualTo(new Progress.Running());
      assertThat(Connection.states(rig.view()))
          .containsExactly(State.RUNNING, State.RUNNING, State.RUNNING);
    }
  }

  @Test
  void machinesInTheQueueCountForTheTargetAndEndAsPromised() {
    GroupReference queued =
        new GroupReference(
            Connection.WEB.name(),
            Connection.WEB.cloudId(),
            "",
            Connection.WEB.offerings(),
            Duration.ofHours(2));
    try (Connection rig = Connection.start().withWeb(0)) {
      rig.gcp.setQueue(Duration.ofMinutes(10));
      Operations operations = (Operations) rig.provider;
      String handle = Connection.done(rig.increase(queued, 0, 2, Connection.OPERATION)).handle();
      assertThat(Connection.done(rig.increase(queued, 0, 2, Connection.OPERATION)).target())
          .isEqualTo(2);
      assertThat(rig.view(queued).target()).isEqualTo(2);
      assertThat(rig.view(queued).instances()).isEmpty();
      assertThat(Connection.done(operations.poll(queued, handle)))
          .isEqualTo(new Progress.Running());

      rig.pass(Duration.ofMinutes(12));

      assertThat(Connection.done(operations.poll(queued, handle)))
          .isEqualTo(new Progress.Succeeded());
      assertThat(rig.view(queued).target()).isEqualTo(2);
      assertThat(rig.view(queued).instances())
          .hasSize(2)
          .allMatch(
              it -> it.endsAt() != null && it.endsAt().isAfter(Connection.NOW.plusSeconds(7_200)));
    }
  }

  @Test
  void refusedBudgetSendsNothing() {
    AtomicBoolean open = new AtomicBoolean(false);
    try (Connection rig =
        Connection.start((_, _, _) -> open.get(), Duration.ofSeconds(10)).withWeb(2)) {
      assertThat(Connection.failure(rig.increase(2, 3)).cause()).isEqualTo(Cause.THROTTLED);
      assertThat(Connection.failure(rig.delete(rig.machines().getFirst())).cause())
          .isEqualTo(Cause.THROTTLED);
      assertThat(rig.gcp.journal().entries()).isEmpty();
    }
  }

  @Test
  void aMissingPermissionIsNamedWithItsResource() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.gcp.faults().once(Target.of(CREATE), new Fault.Refusal(403, "forbidden", "no"));

      assertThat(Connection.failure(rig.increase(2, 3)))
          .satisfies(it -> assertThat(it.cause()).isEqualTo(Cause.PERMISSION))
          .satisfies(it -> assertThat(it.hold()).isEqualTo(Duration.ofMinutes(30)))
          .satisfies(it ->
              assertThat(it.message())
                  .contains(
                      "compute.instanceGroupManagers.update",
                      "projects/acme/zones/us-central1-a/instanceGroupManagers/web"));
    }
  }

  @Test
  void aRegionalGroupGoesOnInTheOtherZone() {
    Variant spotA = new Variant("n2-standard-4", "us-central1-a", Purchase.SPOT);
    Variant spotB = new Variant("n2-standard-4", "us-central1-b", Purchase.SPOT);
    GroupReference group =
        Connection.reference("batch", "acme/us-central1/batch", List.of(spotA, spotB));
    try (Connection rig = Connection.start()) {
      rig.gcp.addGroup(new FakeGroup(group.cloudId(), 0, 10, 2, List.of(spotA, spotB)));
      rig.gcp.sellOut(FailureScope.ofZone("us-central1-a"));

      Connection.done(rig.increase(group, 2, 3, new OperationId("increase:batch:1")));
      assertThat(rig.view(group).failures())
          .extracting(it -> it.failure().scope())
          .containsExactly(FailureScope.of(spotA));
      Connection.done(rig.increase(group, 3, 4, new OperationId("increase:batch:2")));

      assertThat(rig.view(group).instances().getLast().variant()).isEqualTo(spotB);
    }
  }
}
