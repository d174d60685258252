package dev.windlass.provider.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.testkit.FakeCloud.FakeGroup;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Auto Scaling does by itself. */
class FakeAwsTest {
  private static final Variant A = new Variant("m5.large", "us-east-1a", Purchase.ON_DEMAND);
  private static final Variant B = new Variant("m5.large", "us-east-1b", Purchase.ON_DEMAND);

  private final FakeAws aws;

  FakeAwsTest() throws IOException {
    aws = new FakeAws(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @BeforeEach
  void addGroup() {
    aws.addGroup(new FakeGroup("web", 0, 10, 2, List.of(A, B)));
    aws.setTimes(Duration.ofSeconds(30), Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private List<FakeMachine> machines() {
    return aws.machines("web");
  }

  @Test
  void launchesWhatIsMissingAndSpreadsItOverTheZones() {
    aws.setTarget("web", 4);

    assertThat(machines())
        .extracting(machine -> machine.variant().zone())
        .containsExactlyInAnyOrder("us-east-1a", "us-east-1a", "us-east-1b", "us-east-1b");
    assertThat(machines()).filteredOn(FakeMachine::running).hasSize(2);

    aws.clock().advance(Duration.ofSeconds(30));
    assertThat(machines()).allMatch(FakeMachine::running);
  }

  @Test
  void deletesTheOldestWhenTheTargetIsLowered() {
    InstanceId oldest = machines().getFirst().id();

    aws.setTarget("web", 1);

    assertThat(machines())
        .filteredOn(FakeMachine::leaving)
        .extracting(FakeMachine::id)
        .containsExactly(oldest);
    aws.clock().advance(Duration.ofSeconds(20));
    assertThat(machines()).hasSize(1);
  }

  @Test
  void sparesProtectedMachinesWhenTheTargetIsLowered() {
    aws.protect(machines().getFirst().id());

    aws.setTarget("web", 1);

    assertThat(machines().getFirst().leaving()).isFalse();
    assertThat(machines().getLast().leaving()).isTrue();
  }

  @Test
  void takesAnotherZoneWhenOneIsSoldOut() {
    aws.sellOut(FailureScope.ofZone("us-east-1a"));

    aws.setTarget("web", 4);

    assertThat(machines()).filteredOn(machine -> machine.variant().equals(B)).hasSize(3);
  }

  @Test
  void machinesThatAreBeingCreatedFailWhenTheyAreSoldOutAndAreTriedAgain() {
    aws.setTarget("web", 3);
    aws.sellOut(FailureScope.ALL);
    assertThat(machines()).hasSize(2);

    aws.restock();
    assertThat(machines()).as("a minute has to pass").hasSize(2);
    aws.clock().advance(Duration.ofMinutes(1));
    assertThat(machines()).hasSize(3);
  }

  @Test
  void replacesAMachineThatIsLostOrTakenBack() {
    InstanceId lost = machines().getFirst().id();
    InstanceId taken = machines().getLast().id();
    aws.lose(lost);
    aws.interrupt(taken, aws.clock().instant().plusSeconds(120));
    assertThat(machines()).extracting(FakeMachine::id).doesNotContain(lost).hasSize(2);

    aws.clock().advance(Duration.ofMinutes(2));
    machines();
    aws.clock().advance(Duration.ofSeconds(20));

    assertThat(machines()).extracting(FakeMachine::id).doesNotContain(taken).hasSize(2);
  }

  @Test
  void keepsTheTargetWithinOtherBounds() {
    aws.setLimits("web", 3, 5);
    assertThat(aws.target("web")).isEqualTo(3);
    assertThat(machines()).hasSize(3);

    aws.setLimits("web", 0, 1);
    assertThat(aws.target("web")).isEqualTo(1);
  }

  @Test
  void doesNothingThatIsSuspended() {
    aws.alter(
        "web",
        group -> {
          group.suspended.add("Launch");
          group.suspended.add("Terminate");
        });

    aws.setTarget("web", 4);
    assertThat(machines()).hasSize(2);
    aws.setTarget("web", 0);
    assertThat(machines()).noneMatch(FakeMachine::leaving).hasSize(2);
  }
}
