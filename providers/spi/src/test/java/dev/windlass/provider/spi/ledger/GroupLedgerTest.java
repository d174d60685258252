package dev.windlass.provider.spi.ledger;

import static dev.windlass.provider.spi.ledger.Ledgers.change;
import static dev.windlass.provider.spi.ledger.Ledgers.launched;
import static dev.windlass.provider.spi.ledger.Ledgers.many;
import static dev.windlass.provider.spi.ledger.Ledgers.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupLedgerTest {
  private final Ledgers group = new Ledgers();

  @Test
  void believesNothingAndAllowsNothingBeforeTheFirstReading() {
    group.fail(Cause.THROTTLED);

    assertThat(group.ledger.belief(group.now)).isEmpty();
    assertThat(group.objection(0, 1)).contains("never read").contains("not now");
    assertThat(group.objection(-1, 3)).isNotEmpty();
  }

  @Test
  void keepsTheLastReadingWhileReadingsFailAndMarksItStaleInTheEnd() {
    group.read(2, "a", "b");
    group.fail(Cause.THROTTLED);

    assertThat(group.machines()).containsExactly("a RUNNING", "b RUNNING");
    assertThat(group.belief().stale()).isFalse();
    assertThat(group.objection(2, 3)).isEmpty();

    group.pass(Duration.ofMinutes(10));
    assertThat(group.machines()).containsExactly("a RUNNING", "b RUNNING");
    assertThat(group.belief().stale()).isTrue();
    assertThat(group.objection(2, 3)).contains("last read at").contains("not now");
    assertThat(group.ledger.deletable(List.of(new InstanceId("a")), group.now)).isEmpty();

    group.read(2, "a", "b");
    assertThat(group.objection(2, 3)).isEmpty();
  }

  @Test
  void machineMissingFromOneReadingStaysAndFromTwoIsGone() {
    group.read(3, "a", "b", "c");
    group.read(3, "a", "b");
    assertThat(group.machines()).contains("c RUNNING");
    assertThat(group.belief().gone()).isEmpty();

    group.read(3, "a", "b");
    assertThat(group.machines()).containsExactly("a RUNNING", "b RUNNING");
    assertThat(group.belief().gone()).containsExactly(new InstanceId("c"));
  }

  @Test
  void machineThatShowsAgainWasNeverGone() {
    group.read(2, "a", "b");
    group.read(2, "a");
    group.read(2, "a", "b");
    group.read(2, "a");

    assertThat(group.machines()).contains("b RUNNING");
  }

  @Test
  void massDisappearanceIsNotBelievedBeforeASecondReading() {
    group.read(50, many(50));
    group.read(0);

    assertThat(group.belief().view().target()).isEqualTo(50);
    assertThat(group.machines()).hasSize(50);
    assertThat(group.objection(0, 50)).contains("missing");
    assertThat(group.objection(50, 51)).contains("missing");

    group.read(0);
    assertThat(group.belief().view().target()).isZero();
    assertThat(group.machines()).isEmpty();
    assertThat(group.belief().gone()).hasSize(50);
    assertThat(group.objection(0, 1)).isEmpty();
  }

  @Test
  void emptyListThatWasAnErrorLeavesNoTrace() {
    group.read(50, many(50));
    group.read(0);
    group.read(50, many(50));

    assertThat(group.machines()).hasSize(50);
    assertThat(group.belief().gone()).isEmpty();
    assertThat(group.objection(50, 51)).isEmpty();
  }

  @Test
  void launchedMachineIsExpectedUntilItShowsOrIsTooLate() {
    group.read(1, "a");
    group.increase(1, 2, launched(2, "b"));
    assertThat(group.belief().view().target()).isEqualTo(2);
    assertThat(group.machines()).containsExactly("a RUNNING", "b CREATING");

    group.read(2, "a");
    assertThat(group.machines()).contains("b CREATING");
    group.read(2, "a", "b");
    assertThat(group.machines()).containsExactly("a RUNNING", "b RUNNING");

    group.increase(2, 3, launched(3, "c"));
    group.pass(Duration.ofMinutes(6));
    group.read(3, "a", "b");
    assertThat(group.machines()).containsExactly("a RUNNING", "b RUNNING");
  }

  @Test
  void deletedMachineCountsAsLeavingHoweverLongListsShowIt() {
    group.read(2, "a", "b");
    group.delete(Map.of(new InstanceId("a"), new Deletion.Accepted()));
    for (int minute = 0; minute < 5; minute++) {
      group.pass(Duration.ofMinutes(1));
      group.read(1, "a", "b");
      assertThat(group.machines()).containsExactly("a DELETING", "b RUNNING");
      assertThat(
              group.ledger.deletable(List.of(new InstanceId("a"), new InstanceId("b")), group.now))
          .containsExactly(new InstanceId("b"));
    }
    group.read(1, "b");
    assertThat(group.machines()).containsExactly("b RUNNING");
    assertThat(group.belief().gone()).containsExactly(new InstanceId("a"));
  }

  @Test
  void machineThatOutlivesItsDeletionIsBelievedInTheEnd() {
    group.read(1, "a");
    group.delete(Map.of(new InstanceId("a"), new Deletion.Accepted()));
    group.pass(Duration.ofMinutes(11));
    group.read(1, "a");

    assertThat(group.machines()).containsExactly("a RUNNING");
  }

  @Test
  void keptMachineStaysDeletable() {
    group.read(1, "a");
    group.delete(Map.of(new InstanceId("a"), new Deletion.Kept("protected")));
    group.read(1, "a");

    assertThat(group.machines()).containsExactly("a RUNNING");
    assertThat(group.ledger.deletable(List.of(new InstanceId("a")), group.now)).hasSize(1);
  }

  @Test
  void targetAfterADeletionIsReadAndNotReckoned() {
    group.read(3, "a", "b", "c");
    group.delete(Map.of(new InstanceId("a"), new Deletion.Accepted()));
    assertThat(group.objection(2, 3)).contains("not read since");
    assertThat(group.objection(3, 4)).contains("not read since");

    group.read(2, "a", "b", "c");
    assertThat(group.objection(2, 3)).isEmpty();
  }

  @Test
  void readingBegunBeforeAChangeWasAnsweredSaysNothing() {
    group.read(1, "a");
    Instant before = group.now;
    group.increase(1, 2, launched(2, "b"));
    group.ledger.read(seen(1, "a"), before);

    assertThat(group.belief().view().target()).isEqualTo(2);
    assertThat(group.machines()).containsExactly("a RUNNING", "b CREATING");
  }

  @Test
  void twoReadingsInTheWrongOrderAreTakenInTheRightOne() {
    group.read(1, "a");
    group.read(2, "a", "b");
    group.ledger.read(seen(1, "a"), group.now.minusSeconds(1));

    assertThat(group.belief().view().target()).isEqualTo(2);
  }

  @Test
  void unansweredIncreaseAllowsOnlyItsOwnRepetitionUntilItIsSettled() {
    group.read(1, "a");
    group.increase(1, 3, new CloudOutcome.Unknown<>("no answer"));
    assertThat(group.objection(1, 3)).isEmpty();
    assertThat(group.objection(1, 2)).contains("increase:1:3");

    group.read(1, "a");
    assertThat(group.objection(1, 2)).as("it may land late").contains("increase:1:3");

    group.read(3, "a", "b", "c");
    assertThat(group.objection(3, 4)).isEmpty();
  }

  @Test
  void answerToARepetitionMayBeOldAndIsReadAfter() {
    group.read(1, "a");
    group.increase(1, 3, new CloudOutcome.Unknown<>("no answer"));
    group.increase(1, 3, launched(3, "b", "c"));
    assertThat(group.objection(3, 4)).contains("not read since");

    group.read(2, "b", "c");
    assertThat(group.objection(2, 3)).isEmpty();
  }

  @Test
  void unansweredIncreaseThatNeverHappenedIsGivenUp() {
    group.read(1, "a");
    group.increase(1, 3, new CloudOutcome.Unknown<>("no answer"));
    group.pass(Duration.ofSeconds(61));
    group.read(1, "a");

    assertThat(group.objection(1, 2)).isEmpty();
  }

  @Test
  void refusedRepetitionDoesNotSettleTheFirstCall() {
    group.read(1, "a");
    group.increase(1, 3, new CloudOutcome.Unknown<>("no answer"));
    group.increase(1, 3, new CloudOutcome.Failed<>(new CloudFailure(Cause.THROTTLED, "too many")));

    assertThat(group.objection(1, 2)).contains("increase:1:3");
  }

  @Test
  void targetThatSomebodyElseChangedIsAdopted() {
    group.read(2, "a", "b");
    group.read(5, "a", "b");
    assertThat(group.objection(2, 3)).contains("5");
    assertThat(group.objection(5, 6)).isEmpty();

    group.read(1, "a", "b");
    assertThat(group.objection(1, 2)).isEmpty();
  }

  @Test
  void conflictMakesItReadAgain() {
    group.read(2, "a", "b");
    group.increase(2, 3, new CloudOutcome.Conflict<>("the target is 4"));
    assertThat(group.objection(2, 3)).contains("not read since");
  }

  @Test
  void repeatedMachineInAListCountsOnce() {
    group.read(2, "a", "b", "a");

    assertThat(group.machines()).containsExactly("a RUNNING", "b RUNNING");
  }

  /** Whatever the order of events, nothing is allowed from a target that was not just read. */
  @Test
  void neverAllowsAnIncreaseFromAnotherTargetThanTheLastOneHeardOf() {
    long seed = 20_261_122L;
    Random random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      Ledgers each = new Ledgers();
      int heard = -1;
      for (int step = 0; step < 20; step++) {
        int target = random.nextInt(5);
        switch (random.nextInt(5)) {
          case 0, 1 -> {
            each.read(target);
            heard = target;
          }
          case 2 -> each.fail(Cause.TRANSIENT);
          case 3 -> each.increase(heard, heard + 1, new CloudOutcome.Unknown<>("?"));
          default -> each.pass(Duration.ofSeconds(random.nextInt(100)));
        }
        for (int from = -1; from < 6; from++) {
          OperationId other = new OperationId("other");
          boolean allowed =
              each.ledger.objection(change(from, from + 1), other, each.now).isEmpty();
          assertThat(allowed && from != heard).as("seed %d run %d", seed, run).isFalse();
        }
      }
    }
  }
}
