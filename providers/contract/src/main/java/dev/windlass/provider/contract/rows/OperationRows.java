package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Notices;
import dev.windlass.provider.spi.Notices.Notice;
import dev.windlass.provider.spi.Operations;
import dev.windlass.provider.spi.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What goes on after the cloud has answered: operations that last, and notices. */
public final class OperationRows {
  private static final int MAX_READINGS = 20;

  private OperationRows() {}

  /** The rows. */
  public static List<Row> rows() {
    return List.of(
        new Row("F34", "operation never ends", OperationRows::neverEnds),
        new Row("F35", "operation fails after a part of it", OperationRows::failsInPart),
        new Row("F38", "operation is forgotten", OperationRows::forgotten),
        new Row("F39", "fifty notices at once, and again", OperationRows::fiftyNotices),
        new Row("F41", "machine is about to end", OperationRows::aboutToEnd));
  }

  private static void neverEnds(Scene scene) {
    scene.cloud().setTimes(Duration.ofDays(10), Duration.ofMinutes(1));
    Site web = scene.site(0, 10, 0);
    web.seen();
    Outcomes.done(web.grow(2));
    for (int hour = 0; hour < 3; hour++) {
      assertThat(Outcomes.isDone(web.poll(scene.connect()))).as("also after a restart").isTrue();
      assertThat(web.seen().instances())
          .noneMatch(machine -> machine.state() == Instance.State.RUNNING);
      assertThat(web.belief().view().target()).isEqualTo(2);
      scene.pass(Duration.ofHours(1));
    }
    List<InstanceId> stuck = web.believed();
    if (!stuck.isEmpty()) {
      Outcomes.done(web.delete(stuck));
      assertThat(web.target()).isZero();
    }
  }

  private static void failsInPart(Scene scene) {
    scene.cloud().setTimes(Duration.ofMinutes(3), Duration.ofMinutes(1));
    Site web = scene.site(0, 10, 1);
    web.seen();
    Outcomes.done(web.grow(2));
    scene.cloud().sellOut(FailureScope.ALL);
    assertThat(web.learn(Duration.ofMinutes(5)))
        .isNotEmpty()
        .allMatch(failure -> !failure.code().isEmpty());
    assertThat(web.seen().target()).isEqualTo(web.target());
    assertThat(web.seen().instances())
        .filteredOn(machine -> machine.state() == Instance.State.RUNNING)
        .as("the real state is read")
        .hasSize(1);
  }

  private static void forgotten(Scene scene) {
    Site web = scene.site(0, 10, 0);
    web.seen();
    Outcomes.done(web.grow(1));
    scene.pass(Duration.ofDays(30));
    assertThat(Outcomes.done(web.poll(scene.connect())))
        .isIn(new Progress.Succeeded(), new Progress.Forgotten());
    scene
        .provider()
        .capability(Operations.class)
        .ifPresent(operations ->
            assertThat(operations.poll(web.reference(), "no-such-operation"))
                .isNotEqualTo(new CloudOutcome.Done<>(new Progress.Succeeded())));
    assertThat(web.seen().instances()).hasSize(1);
  }

  private static void fiftyNotices(Scene scene) {
    Site spot = scene.site("spot", 0, 60, 51, scene.rig().spot());
    spot.seen();
    List<InstanceId> taken = spot.ids().subList(0, 50);
    Instant deadline = scene.now().plusSeconds(120);
    taken.forEach(id -> scene.cloud().interrupt(id, deadline));
    scene.cloud().interrupt(taken.getFirst(), deadline);
    Notices notices = scene.provider().capability(Notices.class).orElseThrow();
    Map<String, Notice> read = new HashMap<>();
    long started = System.nanoTime();
    read(notices, read);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    assertThat(meant(read.values(), spot.ids())).containsExactlyElementsOf(taken);
    read(notices, read);
    assertThat(read).as("the same again has the same key").hasSize(50);
    scene.pass(Duration.ofMinutes(10));
    Outcomes.done(spot.delete(List.of(taken.getFirst())));
  }

  /** Reads until nothing more comes, a bounded number of times. */
  private static void read(Notices notices, Map<String, Notice> read) {
    for (int i = 0; i < MAX_READINGS; i++) {
      List<Notice> come = Outcomes.done(notices.notices());
      if (come.isEmpty()) {
        return;
      }
      come.forEach(notice -> read.put(notice.key(), notice));
      Outcomes.done(notices.settle(come));
    }
    throw new AssertionError("notices come without end");
  }

  private static List<InstanceId> meant(Collection<Notice> notices, List<InstanceId> machines) {
    return machines.stream()
        .filter(machine -> notices.stream().anyMatch(notice -> notice.concerns(machine)))
        .toList();
  }

  private static void aboutToEnd(Scene scene) {
    Site spot = scene.site("spot", 0, 10, 2, scene.rig().spot());
    InstanceId ending = spot.ids().getFirst();
    Instant deadline = scene.now().plusSeconds(600);
    scene.cloud().interrupt(ending, deadline);
    Map<String, Notice> read = new HashMap<>();
    scene.provider().capability(Notices.class).ifPresent(notices -> read(notices, read));
    List<InstanceId> told =
        read.values().stream()
            .filter(notice -> deadline.equals(notice.deadline()))
            .flatMap(notice -> meant(List.of(notice), spot.ids()).stream())
            .toList();
    List<InstanceId> seen =
        spot.seen().instances().stream()
            .filter(machine -> deadline.equals(machine.endsAt()))
            .map(Instance::id)
            .toList();
    assertThat(told.isEmpty() ? seen : told).containsExactly(ending);
  }
}
