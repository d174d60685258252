package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Resources;
import dev.windlass.provider.contract.Order;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.Templates;
import dev.windlass.provider.spi.Templates.Described;
import dev.windlass.provider.testkit.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests that peers repeated, multiplied, or did without. */
final class RequestBugs {
  private static final Duration LONG = Duration.ofMinutes(30);

  private RequestBugs() {}

  static List<Row> rows() {
    return List.of(
        new Row("CA-2817", "throttled at start, and crashes", RequestBugs::throttledAtStart),
        new Row("AKS-1187", "each machine asked for by itself", RequestBugs::listsNotGets),
        new Row("CA-5192", "the same names again after a lost answer", RequestBugs::sameNames),
        new Row(
            "KGCP-267",
            "answer lost, and a second machine elsewhere",
            RequestBugs::secondElsewhere),
        new Row("KAWS-549", "machines leak when much comes and goes", RequestBugs::churn),
        new Row("CA-1793", "nothing known of a group without machines", RequestBugs::emptyGroup));
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

  private static void listsNotGets(Scene scene) {
    int groups = 20;
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      sites.add(scene.site("g-" + i, 0, 50, 20, scene.rig().onDemand()));
    }
    int before = scene.cloud().journal().entries().size();
    scene.observe(sites);
    assertThat(scene.cloud().journal().entries().size() - before)
        .isLessThanOrEqualTo(scene.rig().requestsToObserve(groups, groups * 20));
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

  private static void churn(Scene scene) {
    Site web = scene.site(0, 40, 3);
    List<String> writes = List.of(scene.increaseMethod(), scene.deleteMethod());
    for (int i = 0; i < 20; i++) {
      web.seen();
      scene.fault(writes.get(i % 2), 1, new Fault.Cut(i % 4 < 2));
      Order order = web.order(2);
      web.grow(order);
      Outcomes.done(web.grow(order));
      web.seen();
      List<InstanceId> two = web.believed().stream().limit(2).toList();
      web.delete(two);
      Outcomes.done(web.delete(two));
      scene.heal();
      scene.pass(Duration.ofMinutes(5));
    }
    web.seen();
    web.seen();
    assertThat(web.believed()).isEqualTo(web.ids()).hasSize(web.target());
  }

  private static void emptyGroup(Scene scene) {
    Site web = scene.site(0, 10, 0);
    List<Described> variants =
        Outcomes.done(
            scene.provider().capability(Templates.class).orElseThrow().variants(web.reference()));
    assertThat(variants).extracting(Described::variant).containsAll(web.variants());
    for (Described each : variants) {
      assertThat(each.unavailable()).isEmpty();
      each.allocatable()
          .amounts()
          .forEach((resource, amount) ->
              assertThat(amount)
                  .as("%s of %s", resource, each.variant())
                  .isPositive()
                  .isLessThanOrEqualTo(each.capacity().amounts().getOrDefault(resource, 0L)));
      assertThat(each.allocatable().amounts()).containsKeys(Resources.CPU, Resources.MEMORY);
      assertThat(each.provenance()).isNotEmpty();
    }
  }
}
