package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Notices;
import dev.windlass.provider.spi.Notices.Kind;
import dev.windlass.provider.spi.Notices.Notice;
import dev.windlass.provider.testkit.aws.AwsEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices from the queue. */
class NoticesIT {
  private final Rig rig = Rig.start();

  @AfterEach
  void stop() {
    rig.close();
  }

  private List<Notice> notices() {
    return Rig.value(rig.provider.notices());
  }

  @Test
  void namesTheMachineAndTheDeadline() {
    rig.addMachine("i-1");
    rig.view();
    rig.aws.interrupt(Rig.machine("i-1"), Rig.NOW.plus(Duration.ofMinutes(2)));

    assertThat(notices())
        .containsExactly(
            new Notice(
                "INTERRUPTION:i-1:" + Rig.NOW,
                "aws:///us-east-1a/i-1",
                "i-1",
                Kind.INTERRUPTION,
                Rig.NOW.plus(Duration.ofMinutes(2))));
  }

  @Test
  void handsOnNoticesOfMachinesThatItHasNotSeen() {
    rig.aws.send(AwsEvents.rebalance("i-9", Rig.NOW));

    assertThat(notices())
        .containsExactly(new Notice("REBALANCE:i-9:" + Rig.NOW, "", "i-9", Kind.REBALANCE, null));
  }

  @Test
  void readsEveryKindOfEvent() {
    rig.aws.send(AwsEvents.stateChange("i-1", Rig.NOW, "stopping"));
    rig.aws.send(AwsEvents.stateChange("i-1", Rig.NOW, "running"));
    rig.aws.send(AwsEvents.health("i-2", Rig.NOW, "Mon, 2 Mar 2026 10:00:00 GMT"));

    assertThat(notices())
        .extracting(Notice::kind)
        .containsExactly(Kind.STATE_CHANGE, Kind.MAINTENANCE);
    assertThat(rig.aws.messages()).isEqualTo(2);
  }

  @Test
  void namesTheMachinesOfACapacityBlockThatEnds() {
    rig.aws.alter(
        Rig.WEB_ASG,
        group -> {
          group.frozen = false;
          group.template = group.template.withBlock("cr-1");
        });
    rig.aws.setTarget(Rig.WEB_ASG, 2);
    rig.aws.send(AwsEvents.blockEnds("cr-1", Rig.NOW, Rig.NOW.plus(Duration.ofMinutes(40))));

    assertThat(notices())
        .hasSize(2)
        .allSatisfy(notice -> {
          assertThat(notice.kind()).isEqualTo(Kind.RESERVATION_END);
          assertThat(notice.deadline()).isEqualTo(Rig.NOW.plus(Duration.ofMinutes(10)));
        });
  }

  @Test
  void fiftyNoticesAtOnceAndTheirCopiesAreFifty() {
    for (int i = 0; i < 50; i++) {
      rig.aws.send(AwsEvents.interruption("i-" + i, Rig.NOW));
      if (i % 5 == 0) {
        rig.aws.send(AwsEvents.interruption("i-" + i, Rig.NOW));
      }
    }

    assertThat(notices()).extracting(Notice::instance).doesNotHaveDuplicates().hasSize(50);
  }

  @Test
  void comesAgainUntilItIsSettledAndThenNeverAgain() {
    rig.aws.send(AwsEvents.interruption("i-1", Rig.NOW));
    rig.aws.send(AwsEvents.interruption("i-1", Rig.NOW));
    List<Notice> first = notices();
    rig.aws.clock().advance(Duration.ofSeconds(21));
    assertThat(notices()).isEqualTo(first);

    assertThat(rig.provider.settle(first)).isEqualTo(new CloudOutcome.Done<>(2));

    rig.aws.clock().advance(Duration.ofSeconds(21));
    assertThat(notices()).isEmpty();
    assertThat(rig.aws.messages()).isZero();
  }

  @Test
  void parksAMessageThatNobodyCanRead() {
    rig.aws.send("<html>not an event</html>");
    rig.aws.send("{\"detail-type\":\"EC2 Spot Instance Interruption Warning\"}");
    rig.aws.send(AwsEvents.interruption("i-1", Rig.NOW));

    assertThat(notices()).hasSize(1);
    assertThat(rig.aws.messages()).isEqualTo(1);
    assertThat(rig.provider.queue().parked()).hasSize(2).contains("<html>not an event</html>");
  }

  @Test
  void namesTheQueueThatIsMissing() {
    rig.refuse("GetQueueUrl", 400, "QueueDoesNotExist");

    assertThat(Rig.cause(rig.provider.notices())).isEqualTo(Cause.NOT_FOUND);
  }

  @Test
  void isNoCapabilityWithoutAQueue() {
    try (CloudProvider without =
        new AwsProviderFactory().create(Map.of("region", "us-east-1"), CallBudget.UNLIMITED)) {
      assertThat(without.capability(Notices.class)).isEmpty();
    }
    assertThat(rig.provider.capability(Notices.class)).isPresent();
  }
}
