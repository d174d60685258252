package dev.windlass.daemon.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.Notices.Kind;
import dev.windlass.provider.spi.Notices.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoticeBoardTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final FakeCloud cloud = new FakeCloud();
  private final NoticeBoard board = new NoticeBoard(cloud.registry(), clock::get, _ -> {});

  @Test
  void marksTheMachineByItsProviderIdOrByTheCloudsOwnId() {
    cloud.queue.add(notice("a", "cloud:///z/i-1", "", Kind.INTERRUPTION, NOW.plusSeconds(90)));
    cloud.queue.add(notice("b", "", "i-2", Kind.RESERVATION_END, NOW.plusSeconds(1_800)));

    board.read("simulated");

    assertThat(board.mark(List.of(machine("i-1"), machine("i-2"), machine("i-22"))))
        .extracting(Instance::endsAt)
        .containsExactly(NOW.plusSeconds(90), NOW.plusSeconds(1_800), null);
  }

  @Test
  void keepsTheFirstTimeOfANoticeThatComesAgainAndSettlesItWhenItIsOver() {
    cloud.queue.add(notice("a", "", "i-1", Kind.INTERRUPTION, null));
    board.read("simulated");
    clock.set(NOW.plusSeconds(60));
    board.read("simulated");

    assertThat(endsAt("i-1")).isEqualTo(NOW.plusSeconds(120));
    assertThat(cloud.queue).as("a process that starts now must see it").hasSize(1);

    clock.set(NOW.plusSeconds(120));
    board.read("simulated");
    assertThat(cloud.queue).isEmpty();
  }

  @Test
  void settlesAtOnceWhatWouldFillTheQueue() {
    cloud.queue.add(notice("a", "", "i-1", Kind.REBALANCE, null));
    cloud.queue.add(notice("b", "", "i-2", Kind.MAINTENANCE, NOW.plus(Duration.ofDays(14))));

    board.read("simulated");

    assertThat(cloud.queue).isEmpty();
    assertThat(endsAt("i-1")).as("advice takes nothing away").isNull();
    assertThat(endsAt("i-2")).isEqualTo(NOW.plus(Duration.ofDays(14)));
  }

  @Test
  void takesTheEarlierOfTwoTimesAndForgetsMachinesThatAreGone() {
    cloud.queue.add(notice("a", "", "i-1", Kind.MAINTENANCE, NOW.plusSeconds(3_000)));
    cloud.queue.add(notice("b", "", "i-1", Kind.INTERRUPTION, NOW.plusSeconds(120)));
    board.read("simulated");
    assertThat(endsAt("i-1")).isEqualTo(NOW.plusSeconds(120));

    clock.set(NOW.plus(Duration.ofHours(2)));
    board.read("simulated");
    board.read("simulated");
    assertThat(endsAt("i-1")).isNull();
  }

  private @Nullable Instant endsAt(String id) {
    return board.mark(List.of(machine(id))).getFirst().endsAt();
  }

  private static Notice notice(
      String key, String providerId, String id, Kind kind, @Nullable Instant deadline) {
    return new Notice(key, providerId, id, kind, deadline);
  }

  private static Instance machine(String id) {
    return new Instance(
        new InstanceId("cloud:///z/" + id),
        new NodeGroupName("g"),
        new Variant("t", "z", Purchase.SPOT),
        Instance.State.RUNNING,
        NOW,
        null);
  }
}
