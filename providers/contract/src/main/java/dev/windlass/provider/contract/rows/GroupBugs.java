package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.spi.Templates;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Groups whose zones, templates or leftovers peers did not master. */
final class GroupBugs {
  private static final Duration LONG = Duration.ofMinutes(30);

  /** A cloud that chooses zones by itself may try the dry one once more. */
  private static final int ATTEMPTS = 3;

  private GroupBugs() {}

  static List<Row> rows() {
    return List.of(
        new Row("CA-1003", "a group of several zones waits for a dry one", GroupBugs::dryZone),
        new Row(
            "CA-8341",
            "labels and taints of an empty group are lost when a cache expires",
            GroupBugs::expiredTemplate),
        new Row("KAZ-67", "what a quota refused leaves parts behind", GroupBugs::leftovers));
  }

  private static void dryZone(Scene scene) {
    Site web = scene.site(0, 20, 0);
    Variant here = web.variants().getFirst();
    Variant dry = web.variants().getLast();
    scene.cloud().sellOut(FailureScope.ofZone(dry.zone()));
    web.seen();
    web.grow(web.order(0, Map.of(here, 1, dry, 1)));
    web.learn(LONG);
    for (int i = 0; i < ATTEMPTS && running(web, here) < 2; i++) {
      web.seen();
      Outcomes.done(web.grow(here, 1));
      scene.pass(LONG);
    }
    assertThat(running(web, here)).as("machines in the other zone").isGreaterThanOrEqualTo(2);
  }

  private static long running(Site site, Variant variant) {
    return site.machines().stream()
        .filter(FakeMachine::running)
        .filter(machine -> machine.variant().equals(variant))
        .count();
  }

  private static void expiredTemplate(Scene scene) {
    Site web = scene.site(0, 10, 0);
    List<Described> first = described(scene, web);
    web.seen();
    Outcomes.done(web.grow(1));
    scene.pass(LONG);
    assertThat(described(scene, web)).containsExactlyInAnyOrderElementsOf(first);
    web.seen();
    Outcomes.done(web.delete(web.ids()));
    scene.pass(Duration.ofDays(1));
    assertThat(described(scene, web)).containsExactlyInAnyOrderElementsOf(first);
  }

  private static List<Described> described(Scene scene, Site site) {
    return Outcomes.done(
        scene.provider().capability(Templates.class).orElseThrow().variants(site.reference()));
  }

  private static void leftovers(Scene scene) {
    Site web = scene.site(0, 20, 1);
    web.seen();
    List<InstanceId> kept = web.ids();
    scene.cloud().limit(FailureScope.ALL, 1);
    web.grow(2);
    assertThat(web.learn(LONG)).isNotEmpty();
    giveUpPending(web);
    scene.cloud().restock();
    scene.pass(LONG);
    assertThat(web.ids()).as("nothing of what was refused").isEqualTo(kept);
    web.seen();
    Outcomes.done(web.grow(2));
    scene.pass(LONG);
    web.seen();
    web.seen();
    assertThat(web.target()).isEqualTo(3);
    assertThat(web.machines()).hasSize(3).allMatch(FakeMachine::running);
    assertThat(web.believed()).isEqualTo(web.ids()).containsAll(kept);
  }

  /** As the core does with machines that failed or are overdue. */
  private static void giveUpPending(Site site) {
    List<InstanceId> pending =
        site.seen().instances().stream()
            .filter(machine -> machine.state() != Instance.State.RUNNING)
            .filter(machine -> machine.state() != Instance.State.DELETING)
            .map(Instance::id)
            .toList();
    if (!pending.isEmpty()) {
      Outcomes.done(site.delete(pending));
    }
  }
}
