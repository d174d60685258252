package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.testkit.Fault;
import dev.windlass.provider.testkit.FaultScript.Target;
import dev.windlass.provider.testkit.Journal.Entry;
import java.time.Duration;
import java.util.List;

/** Readings that fail, come in part, or say what cannot be. */
public final class ReadingRows {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private ReadingRows() {}

  /** The rows. */
  public static List<Row> rows() {
    return List.of(
        new Row("F1", "throttled on list for ten minutes", ReadingRows::throttledForTenMinutes),
        new Row("F2", "throttled at cold start", ReadingRows::throttledAtColdStart),
        new Row("F5", "500, 502, 503 on a read", ReadingRows::brokenOnRead),
        new Row("F20", "a page fails, or is cut", ReadingRows::pageFails),
        new Row("F21", "list is empty with status 200", ReadingRows::emptyList),
        new Row("F22", "new machine missing from lists for a minute", ReadingRows::listLagsBehind),
        new Row("F23", "deleted machine listed for five minutes", ReadingRows::deletedStaysListed),
        new Row("F29", "machine vanishes while running", ReadingRows::machineVanishes));
  }

  private static void throttledForTenMinutes(Scene scene) {
    Site web = scene.site(0, 10, 3);
    web.seen();
    List<InstanceId> machines = web.believed();
    scene.trouble(Trouble.THROTTLED);
    for (int minute = 1; minute <= 10; minute++) {
      scene.pass(MINUTE);
      Outcomes.failed(web.look(), Cause.THROTTLED);
      assertThat(web.believed()).isEqualTo(machines);
      assertThat(web.belief().stale()).as("after %d minutes", minute).isEqualTo(minute > 3);
    }
    assertThat(web.ledger().objection(scene.now())).isNotEmpty();
    assertThat(scene.cloud().journal().entries()).noneMatch(entry -> entry.request().writes());
    scene.heal();
    web.seen();
    assertThat(web.ledger().objection(scene.now())).isEmpty();
    Outcomes.done(web.grow(1));
    withoutBudget(scene, web);
  }

  private static void withoutBudget(Scene scene, Site web) {
    CloudProvider frugal = scene.connect((_, _, _) -> false);
    int before = scene.cloud().journal().entries().size();
    Outcomes.failed(frugal.observe(web.reference()), Cause.THROTTLED);
    Outcomes.failed(web.grow(web.order(1), frugal), Cause.THROTTLED);
    assertThat(scene.cloud().journal().entries()).as("nothing is sent").hasSize(before);
  }

  private static void throttledAtColdStart(Scene scene) {
    Site web = scene.site(0, 10, 3);
    scene.trouble(Trouble.THROTTLED);
    Observation observation = scene.observe(List.of(web));
    assertThat(observation.completeness()).isEqualTo(Observation.Completeness.NONE);
    Outcomes.failed(web.look(), Cause.THROTTLED);
    assertThat(web.ledger().belief(scene.now())).as("no size is guessed").isEmpty();
    assertThat(web.ledger().objection(web.order(1).change(), web.order(1).operation(), scene.now()))
        .isNotEmpty();
    Outcomes.failed(web.grow(1), Cause.THROTTLED);
    assertThat(web.target()).isEqualTo(3);
    scene.heal();
    assertThat(web.seen().target()).isEqualTo(3);
  }

  private static void brokenOnRead(Scene scene) {
    Site web = scene.site(0, 10, 3);
    web.seen();
    List<InstanceId> machines = web.believed();
    for (String method : scene.readMethods()) {
      for (Trouble trouble : List.of(Trouble.SERVER_ERROR, Trouble.UNAVAILABLE)) {
        scene.trouble(method, 1, trouble);
        failsOrShows(web.look(), machines.size(), Cause.TRANSIENT);
        assertThat(web.believed()).isEqualTo(machines);
        assertThat(web.ledger().objection(scene.now())).as("once is not stale").isEmpty();
        scene.heal();
      }
    }
    scene.trouble(Trouble.SERVER_ERROR);
    for (int i = 0; i < 5; i++) {
      scene.pass(MINUTE);
      Outcomes.failed(web.look(), Cause.TRANSIENT);
    }
    assertThat(web.belief().stale()).isTrue();
    assertThat(web.believed()).isEqualTo(machines);
    scene.heal();
    assertThat(web.seen().instances()).hasSize(3);
  }

  /** A reading shows all machines, or it failed; it never shows a part. */
  private static void failsOrShows(CloudOutcome<GroupView> reading, int machines, Cause... causes) {
    switch (reading) {
      case CloudOutcome.Done<GroupView>(GroupView view) ->
          assertThat(view.instances()).as("a part of the machines").hasSize(machines);
      case CloudOutcome.Failed<GroupView> failed -> {
        if (causes.length > 0) {
          assertThat(causes).contains(failed.failure().cause());
        }
      }
      case CloudOutcome.Conflict<GroupView> _, CloudOutcome.Unknown<GroupView> _ -> {
        // Nothing is shown.
      }
    }
  }

  private static void pageFails(Scene scene) {
    int machines = 2 * scene.rig().smallPages() + 1;
    Site web = scene.site(0, 2 * machines, machines);
    assertThat(web.seen().instances()).hasSize(machines);
    List<Fault> faults =
        List.of(
            scene.rig().fault(Trouble.SERVER_ERROR), new Fault.Truncated(), new Fault.Cut(false));
    for (String method : scene.readMethods()) {
      for (Fault fault : faults) {
        for (int passed = 0; passed < 2; passed++) {
          scene.cloud().faults().after(Target.of(method), passed, 1, fault);
          failsOrShows(web.look(), machines);
          assertThat(web.believed()).as("%s on %s", fault, method).hasSize(machines);
          scene.heal();
        }
      }
    }
    assertThat(web.seen().instances()).hasSize(machines).doesNotHaveDuplicates();
  }

  private static void emptyList(Scene scene) {
    Site web = scene.site(0, 10, 5);
    web.seen();
    List<InstanceId> machines = web.believed();
    for (String method : scene.readMethods()) {
      scene.fault(method, 1, scene.rig().empty(method));
      web.look();
      assertThat(web.believed()).as("after an empty answer to %s", method).isEqualTo(machines);
      scene.heal();
      web.seen();
      assertThat(web.believed()).isEqualTo(machines);
      assertThat(web.belief().gone()).isEmpty();
    }
  }

  private static void listLagsBehind(Scene scene) {
    scene.cloud().setListingLag(Duration.ofSeconds(60));
    Site web = scene.site(0, 10, 2);
    scene.pass(Duration.ofSeconds(61));
    web.seen();
    Outcomes.done(web.grow(2));
    for (int i = 0; i < 6; i++) {
      web.look();
      assertThat(web.belief().view().target()).as("no second launch").isEqualTo(4);
      assertThat(web.belief().view().instances()).hasSizeLessThanOrEqualTo(4);
      scene.pass(Duration.ofSeconds(12));
    }
    web.seen();
    assertThat(web.believed()).isEqualTo(web.ids()).hasSize(4);
  }

  private static void deletedStaysListed(Scene scene) {
    scene.cloud().setTimes(MINUTE, Duration.ofMinutes(5));
    Site web = scene.site(0, 10, 3);
    web.seen();
    InstanceId one = web.ids().getFirst();
    Outcomes.done(web.delete(List.of(one)));
    assertThat(web.target()).isEqualTo(2);
    for (int i = 0; i < 6; i++) {
      web.look();
      assertThat(web.believed()).doesNotContain(one).hasSize(2);
      assertThat(web.ledger().deletable(List.of(one), scene.now())).isEmpty();
      scene.pass(MINUTE);
    }
    Outcomes.done(web.delete(List.of(one)));
    web.seen();
    assertThat(web.target()).as("one decrement").isEqualTo(2);
    assertThat(web.believed()).isEqualTo(web.ids());
  }

  private static void machineVanishes(Scene scene) {
    Site web = scene.site(0, 10, 3);
    web.seen();
    InstanceId lost = web.ids().getFirst();
    scene.cloud().lose(lost);
    scene.pass(Duration.ofSeconds(10));
    web.seen();
    scene.pass(Duration.ofMinutes(10));
    web.seen();
    web.seen();
    assertThat(web.believed()).doesNotContain(lost).isEqualTo(web.ids());
    assertThat(web.belief().gone()).contains(lost);
    assertThat(web.belief().view().target()).isEqualTo(web.target());
    List<Entry> made = scene.cloud().journal().entries();
    assertThat(made).as("nothing is written for it").noneMatch(each -> each.request().writes());
  }
}
