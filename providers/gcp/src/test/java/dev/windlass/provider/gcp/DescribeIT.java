package dev.windlass.provider.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Instance.State;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.GroupView.Remark;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Observation.Completeness;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups are read with few requests, and a read that failed never looks like an empty list. */
class DescribeIT {
  private static final String GROUPS = "instanceGroupManagers.aggregatedList";
  private static final String MACHINES = "instanceGroupManagers.listManagedInstances";

  @Test
  void readsMachinesOverPagesWithTheirOwnFacts() {
    try (Connection rig = Connection.start().withWeb(3)) {
      var view = rig.view();

      assertThat(view.target()).isEqualTo(3);
      assertThat(view.instances())
          .hasSize(3)
          .allSatisfy(it -> {
            assertThat(it.variant()).isEqualTo(Connection.N2);
            assertThat(it.state()).isEqualTo(State.RUNNING);
            assertThat(it.createdAt()).isEqualTo(Connection.NOW);
            assertThat(it.endsAt()).isNull();
          });
      assertThat(view.instances()).extracting(it -> it.id()).isEqualTo(rig.machines());
    }
  }

  @Test
  void aQuietGroupIsNotListedAgainUntilItIsDue() {
    try (Connection rig = Connection.start().withWeb(2)) {
      rig.view();
      int listed = rig.calls(MACHINES);
      rig.view();
      assertThat(rig.calls(MACHINES)).isEqualTo(listed);
      rig.gcp.recreate(rig.machines().getFirst());
      assertThat(Connection.states(rig.view())).contains(State.CREATING);
      rig.pass(Duration.ofMinutes(2));
      assertThat(Connection.states(rig.view())).containsOnly(State.RUNNING);
      int seen = rig.calls(MACHINES);
      rig.pass(Duration.ofMinutes(2));
      rig.view();
      assertThat(rig.calls(MACHINES)).isGreaterThan(seen);
    }
  }

  @Test
  void oneListServesAllGroupsOfAProjectAndOneGroupsFailureIsItsOwn() {
    try (Connection rig = Connection.start()) {
      List<GroupReference> groups = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        String id = "acme/us-central1-a/" + name;
        rig.gcp.addGroup(new FakeGroup(id, 0, 10, 1, List.of(Connection.N2)));
        groups.add(Connection.reference(name, id, List.of(Connection.N2)));
      }
      groups.add(Connection.reference("gone", "acme/us-central1-a/gone", List.of(Connection.N2)));
      groups.add(Connection.reference("malformed", "acme/web", List.of(Connection.N2)));
      rig.gcp
          .faults()
          .once(new Target(MACHINES, "acme/us-central1-a/b", ""), Fault.Foreign.html(503));

      Observation seen = rig.provider.observe(groups);

      assertThat(rig.calls(GROUPS)).isEqualTo(2);
      assertThat(seen.completeness()).isEqualTo(Completeness.PARTIAL);
      assertThat(seen.groups().get(groups.get(0).name())).isInstanceOf(CloudOutcome.Done.class);
      assertThat(seen.groups().get(groups.get(2).name())).isInstanceOf(CloudOutcome.Done.class);
      assertThat(cause(seen, groups.get(1))).isEqualTo(Cause.TRANSIENT);
      assertThat(cause(seen, groups.get(3))).isEqualTo(Cause.NOT_FOUND);
      assertThat(cause(seen, groups.get(4))).isEqualTo(Cause.CONFIG);
    }
  }

  private static Cause cause(Observation seen, GroupReference group) {
    return Connection.failure(Objects.requireNonNull(seen.groups().get(group.name()))).cause();
  }

  @Test
  void theSameNameInAnotherZoneIsAnotherGroup() {
    Variant other = new Variant("n2-standard-4", "us-central1-b", Purchase.ON_DEMAND);
    GroupReference twin = Connection.reference("twin", "acme/us-central1-b/web", List.of(other));
    try (Connection rig = Connection.start().withWeb(1)) {
      rig.gcp.addGroup(new FakeGroup(twin.cloudId(), 0, 10, 2, List.of(other)));

      assertThat(rig.view().instances()).hasSize(1);
      assertThat(rig.view(twin).instances())
          .hasSize(2)
          .allMatch(it -> it.id().value().startsWith("gce://acme/us-central1-b/"));
    }
  }

  static List<Fault> brokenAnswers() {
    return List.of(
        Fault.Foreign.html(200),
        new Fault.Foreign(200, "application/json", ""),
        new Fault.Foreign(200, "application/json", "{}"),
        new Fault.Truncated(),
        new Fault.Cut(true),
        new Fault.Refusal(500, "backendError", "sorry"));
  }

  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void aBrokenAnswerIsNeverAnEmptyList(Fault fault) {
    try (Connection rig = Connection.start().withWeb(3)) {
      rig.gcp.faults().once(Target.of(MACHINES), fault);
      assertThat(rig.provider.observe(Connection.WEB)).isInstanceOf(CloudOutcome.Failed.class);
      rig.gcp.faults().once(Target.of(GROUPS), fault);
      CloudOutcome<GroupView> seen = rig.provider.observe(Connection.WEB);
      assertThat(seen)
          .satisfiesAnyOf(
              it -> assertThat(it).isInstanceOf(CloudOutcome.Failed.class),
              it -> assertThat(Connection.done(it).instances()).hasSize(3));
      assertThat(rig.view().instances()).hasSize(3);
    }
  }

  @Test
  void aSecondPageThatFailsIsAFailureOfTheGroup() {
    try (Connection rig = Connection.start().withWeb(3)) {
      rig.gcp
          .faults()
          .after(Target.of(MACHINES), 1, 1, new Fault.Refusal(503, "backendError", "sorry"));

      assertThat(rig.provider.observe(Connection.WEB)).isInstanceOf(CloudOutcome.Failed.class);
      assertThat(rig.view().instances()).hasSize(3);
    }
  }

  @Test
  void rateLimitInA403IsThrottling() {
    try (Connection rig = Connection.start().withWeb(1)) {
      rig.gcp.setRate(0);

      assertThat(Connection.failure(rig.provider.observe(Connection.WEB)).cause())
          .isEqualTo(Cause.THROTTLED);
    }
  }

  @Test
  void aPreemptedMachineIsLeavingAndAnotherIncarnationFollows() {
    try (Connection rig = Connection.start().withWeb(1)) {
      InstanceId before = rig.view().instances().getFirst().id();
      rig.gcp.interrupt(before, Connection.NOW.plusSeconds(90));
      rig.pass(Duration.ofSeconds(61));
      assertThat(Connection.states(rig.view())).containsExactly(State.DELETING);

      rig.pass(Duration.ofSeconds(30));

      InstanceId after = rig.view().instances().getFirst().id();
      assertThat(after.value()).isEqualTo(before.value());
      assertThat(after.incarnation()).isNotEqualTo(before.incarnation());
    }
  }

  @Test
  void rivalsAreNamed() {
    GroupReference group =
        Connection.reference("batch", "acme/us-central1/batch", List.of(Connection.N2));
    try (Connection rig = Connection.start()) {
      rig.gcp.addGroup(new FakeGroup(group.cloudId(), 0, 10, 1, List.of(Connection.N2)));
      assertThat(rig.view(group).remarks()).isEmpty();

      rig.gcp.setRivals(group.cloudId(), true, true, true);

      assertThat(rig.view(group).remarks())
          .extracting(Remark::kind)
          .containsExactly(Remark.Kind.RIVAL, Remark.Kind.RIVAL, Remark.Kind.RIVAL);
    }
  }
}
