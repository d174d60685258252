package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.spi.Deletion;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Deletions of machines that are protected, gone, replaced, or too many. */
public final class DeletionRows {
  private DeletionRows() {}

  /** The rows. */
  public static List<Row> rows() {
    return List.of(
        new Row("F27", "machine boots and never registers", DeletionRows::neverRegisters),
        new Row("F30", "replaced under the same name", DeletionRows::replaced),
        new Row("F31", "machine is protected", DeletionRows::protectedMachine),
        new Row("F32", "batch would cross the minimum", DeletionRows::crossesMinimum),
        new Row("F33", "one of the batch is being deleted already", DeletionRows::oneIsLeaving),
        new Row("F40", "notice and scale-in pick the same machine", DeletionRows::noticedToo));
  }

  private static void neverRegisters(Scene scene) {
    Site web = scene.site(0, 10, 1);
    web.seen();
    InstanceId old = web.ids().getFirst();
    Outcomes.done(web.grow(1));
    scene.pass(Duration.ofMinutes(20));
    web.seen();
    InstanceId silent =
        web.believed().stream().filter(id -> !id.equals(old)).findFirst().orElseThrow();
    Outcomes.done(web.delete(List.of(silent)));
    assertThat(web.ids()).containsExactly(old);
    web.seen();
    Outcomes.done(web.grow(1));
    assertThat(web.target()).as("one replacement").isEqualTo(2);
  }

  private static void replaced(Scene scene) {
    Site web = scene.site(0, 10, 3);
    web.seen();
    InstanceId old = web.ids().getFirst();
    scene.cloud().recreate(old);
    scene.pass(Duration.ofMinutes(10));
    List<InstanceId> now = web.ids();
    assertThat(now).doesNotContain(old);
    Map<InstanceId, Deletion> fates = Outcomes.done(web.delete(List.of(old)));
    assertThat(fates.get(old)).isEqualTo(new Deletion.Gone());
    assertThat(web.ids()).as("the replacement stays").isEqualTo(now);
    assertThat(web.target()).isEqualTo(3);
  }

  private static void protectedMachine(Scene scene) {
    Site web = scene.site(0, 10, 3);
    web.seen();
    InstanceId held = web.ids().getFirst();
    InstanceId free = web.ids().getLast();
    scene.cloud().protect(held);
    Map<InstanceId, Deletion> fates = Outcomes.done(web.delete(List.of(held, free)));
    assertThat(fates.get(held)).isInstanceOf(Deletion.Kept.class);
    assertThat(fates.get(free)).isEqualTo(new Deletion.Accepted());
    assertThat(web.target()).isEqualTo(2);
    web.seen();
    assertThat(web.believed()).contains(held).doesNotContain(free);
  }

  private static void crossesMinimum(Scene scene) {
    Site web = scene.site(2, 10, 4);
    web.seen();
    List<InstanceId> all = web.ids();
    Map<InstanceId, Deletion> fates = Outcomes.done(web.delete(all));
    assertThat(fates.values()).filteredOn(new Deletion.Accepted()::equals).hasSize(2);
    assertThat(fates.values()).filteredOn(Deletion.Kept.class::isInstance).hasSize(2);
    assertThat(all.stream().limit(2).map(fates::get))
        .as("the first of the batch, so that it can be foreseen")
        .containsOnly(new Deletion.Accepted());
    assertThat(web.target()).isEqualTo(2);
    assertThat(web.ids()).hasSize(2);
  }

  private static void oneIsLeaving(Scene scene) {
    scene.cloud().setTimes(Duration.ofMinutes(1), Duration.ofMinutes(5));
    Site web = scene.site(0, 10, 4);
    web.seen();
    InstanceId first = web.ids().getFirst();
    InstanceId last = web.ids().getLast();
    Outcomes.done(web.delete(List.of(first)));
    Map<InstanceId, Deletion> fates = Outcomes.done(web.delete(List.of(first, last)));
    assertThat(fates.get(first)).isIn(new Deletion.AlreadyDeleting(), new Deletion.Gone());
    assertThat(fates.get(last)).isEqualTo(new Deletion.Accepted());
    assertThat(web.target()).isEqualTo(2);
  }

  private static void noticedToo(Scene scene) {
    Site spot = scene.site("spot", 0, 10, 3, scene.rig().spot());
    spot.seen();
    InstanceId one = spot.ids().getFirst();
    scene.cloud().interrupt(one, scene.now().plusSeconds(120));
    Outcomes.done(spot.delete(List.of(one)));
    Outcomes.done(spot.delete(List.of(one)));
    assertThat(spot.target()).as("one decrement").isEqualTo(2);
    scene.pass(Duration.ofMinutes(10));
    spot.seen();
    spot.seen();
    assertThat(spot.believed()).doesNotContain(one).isEqualTo(spot.ids());
    assertThat(spot.believed()).hasSize(2);
  }
}
