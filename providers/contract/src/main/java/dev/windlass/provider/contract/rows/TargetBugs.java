package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.contract.Order;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Targets that peers reckoned, remembered or lowered. */
final class TargetBugs {
  private static final Duration LONG = Duration.ofMinutes(30);

  private TargetBugs() {}

  static List<Row> rows() {
    return List.of(
        new Row(
            "CA-5829",
            "launches that stay pending are given up, and running machines killed for them",
            scene -> pendingGivenUp(scene, 5, 3)),
        new Row(
            "CA-9182",
            "the same at scale: 94 lowered to 62 with a third of them busy",
            scene -> pendingGivenUp(scene, 62, 32)),
        new Row(
            "CA-10147",
            "a machine comes up between counting and lowering, and another dies",
            TargetBugs::machineComesUpMeanwhile),
        new Row(
            "CA-3240",
            "size unknown after throttling at start, reckoned as minus one",
            TargetBugs::sizeUnknown),
        new Row(
            "CA-7432",
            "size reckoned down after a deletion that failed",
            TargetBugs::deletionFailed),
        new Row(
            "CA-9779",
            "size below zero after deletions without answer",
            TargetBugs::uncertainDeletions),
        new Row("CA-7373", "remembered size differs from the real one", TargetBugs::sizeDiffers),
        new Row("CA-2594", "target larger than the machines, for ever", TargetBugs::neverFilled));
  }

  private static void pendingGivenUp(Scene scene, int running, int pending) {
    scene.cloud().setTimes(Duration.ofMinutes(3), Duration.ofMinutes(1));
    Site web = scene.site(0, 200, running);
    web.seen();
    Set<InstanceId> busy = Set.copyOf(web.ids());
    web.grow(pending);
    scene.cloud().sellOut(FailureScope.ALL);
    scene.pass(LONG);
    web.seen();
    List<InstanceId> given = new ArrayList<>(web.believed());
    given.removeAll(busy);
    if (!given.isEmpty()) {
      web.delete(given);
    }
    scene.pass(LONG);
    assertThat(web.ids()).containsAll(busy);
    assertThat(web.target()).isGreaterThanOrEqualTo(running);
  }

  private static void machineComesUpMeanwhile(Scene scene) {
    scene.cloud().setTimes(Duration.ofMinutes(3), Duration.ofMinutes(1));
    Site web = scene.site(0, 20, 2);
    web.seen();
    Outcomes.done(web.grow(2));
    web.seen();
    List<InstanceId> pending =
        web.belief().view().instances().stream()
            .filter(machine -> machine.state() == Instance.State.CREATING)
            .map(Instance::id)
            .limit(1)
            .toList();
    scene.pass(LONG);
    List<InstanceId> all = web.ids();
    if (!pending.isEmpty()) {
      web.delete(pending);
    }
    assertThat(web.ids())
        .as("only the one that was named goes")
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(id -> !pending.contains(id)).toList());
  }

  private static void sizeUnknown(Scene scene) {
    Site web = scene.site(0, 300, 200);
    scene.trouble(Trouble.THROTTLED);
    web.look();
    Order order = web.order(-1, Map.of(web.variants().getFirst(), 4));
    assertThat(web.ledger().objection(order.change(), order.operation(), scene.now())).isNotEmpty();
    scene.heal();
    Outcomes.conflict(web.grow(order));
    assertThat(web.target()).isEqualTo(200);
  }

  private static void deletionFailed(Scene scene) {
    Site web = scene.site(0, 100, 53);
    String method = scene.deleteMethod();
    web.seen();
    scene.trouble(method, Integer.MAX_VALUE, Trouble.SERVER_ERROR);
    List<InstanceId> five = web.ids().subList(0, 5);
    web.delete(five);
    scene.heal();
    assertThat(web.target()).isEqualTo(53);
    assertThat(web.seen().target()).isEqualTo(53);
    Outcomes.done(web.grow(2));
    assertThat(web.target()).isEqualTo(55);
    assertThat(web.ids()).containsAll(five);
  }

  private static void uncertainDeletions(Scene scene) {
    Site web = scene.site(0, 20, 6);
    String method = scene.deleteMethod();
    for (int i = 0; i < 4; i++) {
      web.seen();
      scene.fault(method, 1, new Fault.Cut(i % 2 == 0));
      web.delete(List.of(web.ids().getFirst()));
      scene.heal();
      assertThat(web.seen().target()).isEqualTo(web.target()).isNotNegative();
      assertThat(web.belief().view().target()).isEqualTo(web.target());
    }
  }

  private static void sizeDiffers(Scene scene) {
    Site spot = scene.site("spot", 0, 20, 9, scene.rig().spot());
    spot.seen();
    Order order = spot.order(1);
    scene.cloud().setTarget("spot", 7);
    Outcomes.conflict(spot.grow(order));
    assertThat(spot.seen().target()).isEqualTo(7);
    Outcomes.done(spot.grow(3));
    assertThat(spot.target()).isEqualTo(10);
  }

  private static void neverFilled(Scene scene) {
    Site web = scene.site(0, 30, 25);
    web.seen();
    scene.cloud().sellOut(FailureScope.ALL);
    scene.cloud().setTarget("web", 26);
    for (int i = 0; i < 10; i++) {
      scene.pass(Duration.ofMinutes(1));
      web.seen();
    }
    assertThat(web.target()).as("nobody fights for the difference").isEqualTo(26);
    assertThat(web.ids().size()).isGreaterThanOrEqualTo(25);
    assertThat(scene.cloud().journal().entries()).noneMatch(entry -> entry.request().writes());
  }
}
