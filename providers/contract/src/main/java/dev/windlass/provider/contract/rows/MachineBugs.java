package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Machines that peers lost, leaked, or took for others. */
final class MachineBugs {
  private static final Duration LONG = Duration.ofMinutes(30);

  private MachineBugs() {}

  static List<Row> rows() {
    return List.of(
        new Row("CA-5054", "machines taken for deleted ones", MachineBugs::notDeleted),
        new Row("CA-5213", "one bad id fails the whole deletion", MachineBugs::oneBadId),
        new Row("CA-803", "a machine that failed stays for ever", MachineBugs::failedMachineStays),
        new Row(
            "KGCP-242", "refused deletion read as gone, and the machine leaks", MachineBugs::leaks),
        new Row("KAWS-7684", "a list older than a launch removes it", MachineBugs::olderList),
        new Row("KAWS-9226", "a machine that was taken back stays as a ghost", MachineBugs::ghost));
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

  private static void ghost(Scene scene) {
    Site spot = scene.site("spot", 0, 10, 3, scene.rig().spot());
    spot.seen();
    InstanceId taken = spot.ids().getFirst();
    scene.cloud().interrupt(taken, scene.now().plusSeconds(120));
    scene.pass(LONG);
    spot.seen();
    spot.seen();
    assertThat(spot.believed()).doesNotContain(taken).isEqualTo(spot.ids());
  }
}
