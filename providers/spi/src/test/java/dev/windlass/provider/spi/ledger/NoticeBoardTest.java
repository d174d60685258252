package dev.windlass.provider.spi.ledger;

import static dev.windlass.provider.spi.ledger.Ledgers.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.Notices.Kind;
import dev.windlass.provider.spi.Notices.Notice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoticeBoardTest {
  private static final Instant DEADLINE = START.plusSeconds(120);

  private final NoticeBoard board = new NoticeBoard();

  @Test
  void noticeCountsOnceHoweverOftenItComes() {
    Notice notice = notice("k", "a", Kind.INTERRUPTION, DEADLINE);

    assertThat(board.post(List.of(notice, notice), START)).containsExactly(notice);
    assertThat(board.post(List.of(notice), START.plusSeconds(30))).isEmpty();
    assertThat(end("a")).isEqualTo(DEADLINE);
  }

  @Test
  void earliestOfSeveralEndsCounts() {
    board.post(List.of(notice("1", "a", Kind.MAINTENANCE, DEADLINE.plusSeconds(600))), START);
    board.post(List.of(notice("2", "a", Kind.INTERRUPTION, DEADLINE)), START);

    assertThat(end("a")).isEqualTo(DEADLINE);
    assertThat(end("b")).isNull();
  }

  @Test
  void noticeWithoutDeadlineMeansNow() {
    board.post(List.of(notice("1", "a", Kind.STATE_CHANGE, null)), START);

    assertThat(end("a")).isEqualTo(START);
  }

  @Test
  void recommendationIsNoEnd() {
    board.post(List.of(notice("1", "a", Kind.REBALANCE, null)), START);

    assertThat(end("a")).isNull();
  }

  @Test
  void noticeOfAnEarlierIncarnationSaysNothingOfTheNextUnderTheSameName() {
    board.post(List.of(new Notice("1", "name", "42", Kind.INTERRUPTION, DEADLINE)), START);

    assertThat(end(new InstanceId("name", "42"))).isEqualTo(DEADLINE);
    assertThat(end(new InstanceId("name", "43"))).isNull();
  }

  @Test
  void noticeIsForgottenAnHourAfterItsDeadline() {
    board.post(List.of(notice("1", "a", Kind.INTERRUPTION, DEADLINE)), START);
    board.post(List.of(), DEADLINE.plusSeconds(3_601));

    assertThat(end("a")).isNull();
  }

  @Test
  void boardIsBounded() {
    for (int i = 0; i < 10_005; i++) {
      board.post(List.of(notice("k" + i, "m" + i, Kind.INTERRUPTION, DEADLINE)), START);
    }

    assertThat(end("m4")).isNull();
    assertThat(end("m5")).isEqualTo(DEADLINE);
  }

  private static Notice notice(String key, String instance, Kind kind, @Nullable Instant deadline) {
    return new Notice(key, "", instance, kind, deadline);
  }

  private @Nullable Instant end(String id) {
    return end(new InstanceId(id));
  }

  private @Nullable Instant end(InstanceId id) {
    Instance machine =
        new Instance(id, Ledgers.WEB, Ledgers.LARGE, Instance.State.RUNNING, START, null);
    return board.mark(List.of(machine)).getFirst().endsAt();
  }
}
