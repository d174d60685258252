package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.contract.Order;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.testkit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What went wrong in the field with others, by the numbers of their issues. */
public final class PeerBugs {
  private static final Duration LONG = Duration.ofMinutes(30);

  private PeerBugs() {}

  /** The rows. */
  public static List<Row> rows() {
    return List.of(
        new Row(
            "CA-5829",
            "launches that stay pending are given up, and running machines killed for them",
            PeerBugs::pendingGivenUp),
        new Row(
            "CA-10147",
            "a machine comes up between counting and lowering, and another dies",
            PeerBugs::machineComesUpMeanwhile),
        new Row(
            "CA-3240",
            "size unknown after throttling at start, reckoned as minus one",
            PeerBugs::sizeUnknown),
        new Row(
            "CA-7432", "size reckoned down after a deletion that failed", PeerBugs::deletionFailed),
        new Row("CA-7373", "remembered size differs from the real one", PeerBugs::sizeDiffers),
        new Row("CA-2817", "throttled at start, and crashes", PeerBugs::throttledAtStart),
        new Row("CA-2594", "target larger than the machines, for ever", PeerBugs::neverFilled),
        new Row("CA-5054", "machines taken for deleted ones", PeerBugs::notDeleted),
        new Row("CA-5213", "one bad id fails the whole deletion", PeerBugs::oneBadId),
        new Row("CA-5192", "the same names again after a lost answer", PeerBugs::sameNames),
        new Row("CA-803", "a machine that failed stays for ever", PeerBugs::failedMachineStays),
        new Row(
            "KGCP-267", "answer lost, and a second machine elsewhere", PeerBugs::secondElsewhere),
        new Row(
            "KGCP-242", "refused deletion read as gone, and the machine leaks", PeerBugs::leaks),
        new Row("KAWS-7684", "a list older than a launch removes it", PeerBugs::olderList));
  }

  private static void pendingGivenUp(Scene scene) {
    scene.cloud().setTimes(Duration.ofMinutes(3), Duration.ofMinutes(1));
    Site web = scene.site(0, 20, 5);
    web.seen();
    Set<InstanceId> running = Set.copyOf(web.ids());
    web.grow(3);
    scene.cloud().sellOut(FailureScope.ALL);
    scene.pass(LONG);
    web.seen();
    List<InstanceId> pending = new ArrayList<>(web.believed());
    pending.removeAll(running);
    if (!pending.isEmpty()) {
      web.delete(pending);
    }
    scene.pass(LONG);
    assertThat(web.ids()).containsAll(running);
    assertThat(web.target()).isGreaterThanOrEqualTo(5);
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

  private static void throttledAtStart(Scene scene) {
    Site web = scene.site(0, 10, 2);
    scene.trouble(Trouble.THROTTLED);
    for (int i = 0; i < 20; i++) {
      Outcomes.failed(web.look(), Cause.THROTTLED);
    }
    assertThat(scene.cloud().journal().entries())
        .as("a refusal is not answered with more requests")
        .hasSizeLessThanOrEqualTo(20 * 2);
    scene.heal();
    web.seen();
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

  private static void notDeleted(Scene scene) {
    Site web = scene.site(0, 10, 4);
    web.seen();
    List<InstanceId> all = web.believed();
    scene.trouble(Trouble.DENIED);
    web.look();
    scene.heal();
    scene.trouble(scene.readMethods().getLast(), 1, Trouble.SERVER_ERROR);
    web.look();
    assertThat(web.believed()).as("not seen is not gone").isEqualTo(all);
    assertThat(web.belief().gone()).isEmpty();
  }

  private static void oneBadId(Scene scene) {
    Site web = scene.site(0, 10, 3);
    web.seen();
    InstanceId real = web.ids().getFirst();
    InstanceId other = web.ids().getLast();
    Outcomes.done(web.delete(List.of(other)));
    scene.pass(LONG);
    Map<InstanceId, Deletion> fates = Outcomes.done(web.delete(List.of(other, real)));
    assertThat(fates.get(other)).isEqualTo(new Deletion.Gone());
    assertThat(fates.get(real)).isEqualTo(new Deletion.Accepted());
    assertThat(web.target()).isEqualTo(1);
  }

  private static void sameNames(Scene scene) {
    Site web = scene.site(0, 10, 0);
    String method = scene.increaseMethod();
    web.seen();
    scene.fault(method, 1, new Fault.Cut(true));
    Order order = web.order(2);
    web.grow(order);
    scene.heal();
    Outcomes.done(web.grow(order));
    web.seen();
    Outcomes.done(web.grow(2));
    assertThat(web.target()).as("the next names are others").isEqualTo(4);
    scene.pass(LONG);
    assertThat(web.ids()).hasSize(4);
  }

  private static void failedMachineStays(Scene scene) {
    scene.cloud().setTimes(Duration.ofMinutes(3), Duration.ofMinutes(1));
    Site web = scene.site(1, 10, 1);
    web.seen();
    InstanceId running = web.ids().getFirst();
    Outcomes.done(web.grow(1));
    scene.cloud().sellOut(FailureScope.ALL);
    scene.pass(LONG);
    List<InstanceId> failed = new ArrayList<>();
    for (Instance machine : web.seen().instances()) {
      if (machine.state() != Instance.State.RUNNING) {
        failed.add(machine.id());
      }
    }
    if (!failed.isEmpty()) {
      Outcomes.done(web.delete(failed));
    }
    scene.pass(LONG);
    assertThat(web.ids()).contains(running);
    assertThat(web.target()).isGreaterThanOrEqualTo(1);
  }

  private static void secondElsewhere(Scene scene) {
    Site web = scene.site(0, 10, 0);
    String method = scene.increaseMethod();
    web.seen();
    scene.fault(method, 1, new Fault.Cut(true));
    Order order = web.order(0, Map.of(web.variants().getFirst(), 1));
    Outcomes.unknownOrDone(web.grow(order));
    Order elsewhere = web.order(0, Map.of(web.variants().getLast(), 1));
    assertThat(web.ledger().objection(elsewhere.change(), elsewhere.operation(), scene.now()))
        .isNotEmpty();
    scene.heal();
    Outcomes.done(web.grow(order));
    scene.pass(LONG);
    assertThat(web.ids()).hasSize(1);
  }

  private static void leaks(Scene scene) {
    Site web = scene.site(0, 10, 2);
    String method = scene.deleteMethod();
    web.seen();
    InstanceId one = web.ids().getFirst();
    OperationId operation = new OperationId("delete-one");
    scene.trouble(method, 1, Trouble.DENIED);
    web.delete(List.of(one), operation, scene.provider());
    web.seen();
    assertThat(web.ids()).contains(one);
    assertThat(web.believed()).as("a refusal is no deletion").contains(one);
    scene.heal();
    Outcomes.done(web.delete(List.of(one), operation, scene.provider()));
    scene.pass(LONG);
    assertThat(web.ids()).doesNotContain(one);
  }

  private static void olderList(Scene scene) {
    Site web = scene.site(0, 10, 1);
    CloudOutcome<GroupView> before = web.look();
    Instant begun = scene.now();
    scene.pass(Duration.ofSeconds(1));
    Outcomes.done(web.grow(1));
    web.ledger().read(before, begun);
    assertThat(web.belief().view().target()).isEqualTo(2);
  }
}
