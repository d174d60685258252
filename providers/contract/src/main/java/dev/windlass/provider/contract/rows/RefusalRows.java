package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.contract.Order;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.GroupView.Remark;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.spi.Templates;
import dev.windlass.provider.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Rights, credentials, templates and answers that are not as they should be. */
public final class RefusalRows {
  private static final String WORDS = "the service's own words";

  private RefusalRows() {}

  /** The rows. */
  public static List<Row> rows() {
    return List.of(
        new Row("F17", "permission removed", RefusalRows::permissionRemoved),
        new Row("F18", "credentials expired", RefusalRows::credentialsExpired),
        new Row("F19", "clocks differ by ten minutes", RefusalRows::clocksDiffer),
        new Row("F26", "another controller changes the group", RefusalRows::rival),
        new Row("F42", "template or image gone", RefusalRows::templateGone),
        new Row("F44", "unknown instance type", RefusalRows::unknownType),
        new Row("F45", "answer is empty, HTML, or an unknown code", RefusalRows::foreignAnswers));
  }

  private static void permissionRemoved(Scene scene) {
    Site web = scene.site(0, 10, 2);
    String method = scene.increaseMethod();
    web.seen();
    scene.trouble(method, Integer.MAX_VALUE, Trouble.DENIED);
    Order order = web.order(1);
    CloudFailure failure = Outcomes.failed(web.grow(order), Cause.PERMISSION);
    String permission =
        scene
            .cloud()
            .journal()
            .of(method)
            .getLast()
            .request()
            .permission()
            .toLowerCase(Locale.ROOT);
    assertThat(failure.message().toLowerCase(Locale.ROOT))
        .as("it names the action that is missing")
        .contains(permission);
    assertThat(failure.hold()).isEqualTo(Duration.ofMinutes(30));
    assertThat(web.seen().target()).as("reads go on").isEqualTo(2);
    scene.heal();
    Outcomes.done(web.grow(order));
  }

  private static void credentialsExpired(Scene scene) {
    Site web = scene.site(0, 10, 2);
    web.seen();
    List<InstanceId> machines = web.believed();
    scene.trouble(Trouble.EXPIRED);
    for (int i = 0; i < 5; i++) {
      scene.pass(Duration.ofMinutes(1));
      Outcomes.failed(web.look(), Cause.AUTH);
    }
    assertThat(web.believed()).isEqualTo(machines);
    assertThat(web.ledger().objection(scene.now())).as("writes are frozen").isNotEmpty();
    Outcomes.failed(web.grow(1), Cause.AUTH);
    assertThat(web.target()).isEqualTo(2);
    scene.heal();
    web.seen();
    assertThat(web.ledger().objection(scene.now())).isEmpty();
  }

  private static void clocksDiffer(Scene scene) {
    Site web = scene.site(0, 10, 2);
    String method = scene.increaseMethod();
    web.seen();
    scene.trouble(method, 1, Trouble.SKEWED);
    Order order = web.order(1);
    CloudFailure failure = Outcomes.failed(web.grow(order), Cause.AUTH);
    assertThat(failure.code()).isNotBlank();
    Outcomes.done(web.grow(order));
  }

  private static void rival(Scene scene) {
    Site web = scene.site(0, 10, 2);
    List<Remark> before = web.seen().remarks();
    scene.rig().addRival(web.id());
    assertThat(web.seen().remarks())
        .filteredOn(each -> !before.contains(each))
        .anyMatch(each -> each.kind() == Remark.Kind.RIVAL);
  }

  private static void templateGone(Scene scene) {
    Site web = scene.site(0, 10, 2);
    String method = scene.increaseMethod();
    web.seen();
    scene.trouble(method, 1, Trouble.TEMPLATE_GONE);
    web.grow(1);
    List<CloudFailure> failures = web.learn(Duration.ofMinutes(4));
    assertThat(failures).isNotEmpty();
    assertThat(failures.getFirst().cause()).isIn(Cause.CONFIG, Cause.NOT_FOUND);
    assertThat(failures.getFirst().code()).isNotBlank();
  }

  private static void unknownType(Scene scene) {
    Site web = scene.site(0, 10, 2);
    Variant known = web.variants().getFirst();
    Variant unknown = new Variant("zz9.plural", known.zone(), known.purchase());
    Site odd = scene.site("odd", 0, 10, 0, List.of(unknown));
    scene.observe(List.of(web, odd));
    assertThat(web.believed()).hasSize(2);
    Templates templates = scene.provider().capability(Templates.class).orElse(null);
    if (templates == null) {
      return;
    }
    switch (templates.variants(odd.reference())) {
      case CloudOutcome.Done<List<Templates.Described>>(List<Templates.Described> variants) ->
          assertThat(variants).allMatch(each -> !each.unavailable().isEmpty());
      case CloudOutcome.Failed<List<Templates.Described>> failed ->
          assertThat(failed.failure().message()).contains("zz9.plural");
      case CloudOutcome<List<Templates.Described>> other -> throw new AssertionError(other);
    }
    assertThat(Outcomes.done(templates.variants(web.reference())))
        .isNotEmpty()
        .allMatch(each -> each.unavailable().isEmpty());
  }

  private static void foreignAnswers(Scene scene) {
    Site web = scene.site(0, 100, 12);
    String increase = scene.increaseMethod();
    String delete = scene.deleteMethod();
    List<String> reads = scene.readMethods();
    web.seen();
    for (Fault fault : foreign()) {
      int machines = web.ids().size();
      for (String method : reads) {
        scene.fault(method, 1, fault);
        if (web.look() instanceof CloudOutcome.Done<GroupView>(GroupView view)) {
          assertThat(view.instances()).as("%s on %s", fault, method).hasSize(machines);
        }
        scene.heal();
      }
      neverSuccess(scene, web, increase, fault);
      InstanceId one = web.ids().getFirst();
      scene.fault(delete, 1, fault);
      web.delete(List.of(one));
      scene.heal();
      Outcomes.done(web.delete(List.of(one)));
      scene.pass(Duration.ofMinutes(10));
      web.seen();
    }
    unknownCode(scene, web, increase);
  }

  private static void neverSuccess(Scene scene, Site web, String increase, Fault fault) {
    scene.fault(increase, 1, fault);
    Order order = web.order(1);
    int before = web.target();
    CloudOutcome<Receipt> outcome = web.grow(order);
    assertThat(Outcomes.isDone(outcome) && web.target() == before)
        .as("%s is taken for success", fault)
        .isFalse();
    scene.heal();
    Outcomes.done(web.grow(order));
    assertThat(web.target()).as("one effect").isEqualTo(before + 1);
    scene.pass(Duration.ofMinutes(10));
    web.seen();
  }

  private static List<Fault> foreign() {
    return List.of(
        Fault.Foreign.html(200),
        Fault.Foreign.html(502),
        new Fault.Foreign(200, "application/json", ""),
        new Fault.Truncated());
  }

  private static void unknownCode(Scene scene, Site web, String increase) {
    scene.fault(increase, 1, new Fault.Refusal(400, "NeverHeardOf", WORDS));
    CloudFailure failure = Outcomes.failed(web.grow(1), Cause.UNKNOWN);
    assertThat(failure.code()).isEqualTo("NeverHeardOf");
    assertThat(failure.message()).contains(WORDS);
  }
}
