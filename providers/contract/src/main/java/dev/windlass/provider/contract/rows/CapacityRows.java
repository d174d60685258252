package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.FailureScope;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.contract.Outcomes;
import dev.windlass.provider.contract.Row;
import dev.windlass.provider.contract.Scene;
import dev.windlass.provider.contract.Site;
import dev.windlass.provider.contract.Trouble;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Quotas;
import dev.windlass.provider.testkit.FakeCloud.FakeMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Machines, addresses or quota that are not to be had. */
public final class CapacityRows {
  /** A failed launch is noticed within this long: well before a node would be given up. */
  private static final Duration SOON = Duration.ofMinutes(4);

  private static final Duration BOOT = Duration.ofMinutes(2);

  private CapacityRows() {}

  /** The rows. */
  public static List<Row> rows() {
    return List.of(
        new Row("F10", "half of a batch is sold out", CapacityRows::halfSoldOut),
        new Row("F11", "taken, and sold out minutes later", CapacityRows::soldOutLater),
        new Row("F12", "sold out in one zone", CapacityRows::zoneSoldOut),
        new Row("F13", "sold out as spot only", CapacityRows::spotSoldOut),
        new Row("F14", "quota: none at all, or used up", CapacityRows::quotaReached),
        new Row("F15", "quota is freed", CapacityRows::quotaFreed),
        new Row("F16", "no address left in a subnet", CapacityRows::noAddresses));
  }

  private static void halfSoldOut(Scene scene) {
    Site web = scene.site(0, 20, 2);
    Variant here = web.variants().getFirst();
    Variant dry = web.variants().getLast();
    long before = running(web, here);
    scene.cloud().sellOut(FailureScope.ofZone(dry.zone()));
    web.seen();
    web.grow(web.order(2, Map.of(here, 2, dry, 2)));
    CloudFailure failure = learned(web, Cause.CAPACITY);
    assertThat(failure.scope().covers(dry)).as(failure.toString()).isTrue();
    assertThat(failure.scope().covers(here)).as(failure.toString()).isFalse();
    scene.pass(BOOT);
    web.seen();
    long lacking = 4 - (running(web, here) - before);
    if (lacking > 0) {
      Outcomes.done(web.grow(here, (int) lacking));
    }
    scene.pass(BOOT);
    assertThat(running(web, here)).isGreaterThanOrEqualTo(before + 4);
  }

  private static CloudFailure learned(Site site, Cause cause) {
    List<CloudFailure> failures = site.learn(SOON);
    assertThat(failures).as("failures that the provider told of").isNotEmpty();
    CloudFailure failure = failures.getFirst();
    assertThat(failure.cause()).as(failure.toString()).isEqualTo(cause);
    assertThat(failure.code()).as("the cloud's own code").isNotBlank();
    return failure;
  }

  private static long running(Site site, Variant variant) {
    return site.machines().stream()
        .filter(FakeMachine::running)
        .filter(machine -> machine.variant().equals(variant))
        .count();
  }

  private static void soldOutLater(Scene scene) {
    scene.cloud().setTimes(Duration.ofMinutes(3), Duration.ofMinutes(1));
    Site web = scene.site(0, 20, 2);
    web.seen();
    Set<InstanceId> running = Set.copyOf(web.ids());
    Outcomes.done(web.grow(2));
    scene.cloud().sellOut(FailureScope.ALL);
    learned(web, Cause.CAPACITY);
    GroupView view = web.seen();
    List<InstanceId> pending =
        view.instances().stream()
            .filter(machine -> machine.state() != Instance.State.RUNNING)
            .filter(machine -> machine.state() != Instance.State.DELETING)
            .map(Instance::id)
            .toList();
    assertThat(pending).doesNotContainAnyElementsOf(running);
    if (!pending.isEmpty()) {
      Outcomes.done(web.delete(pending));
    }
    scene.pass(Duration.ofMinutes(10));
    assertThat(web.ids()).as("machines that ran stay").containsAll(running);
  }

  private static void zoneSoldOut(Scene scene) {
    Site web = scene.site(0, 20, 1);
    Variant here = web.variants().getFirst();
    Variant dry = web.variants().getLast();
    long before = running(web, here);
    scene.cloud().sellOut(FailureScope.ofZone(dry.zone()));
    web.seen();
    web.grow(dry, 1);
    CloudFailure failure = learned(web, Cause.CAPACITY);
    assertThat(failure.scope().covers(dry)).as(failure.toString()).isTrue();
    assertThat(failure.scope().covers(here)).as(failure.toString()).isFalse();
    web.seen();
    Outcomes.done(web.grow(here, 1));
    scene.pass(BOOT);
    assertThat(running(web, here)).isGreaterThan(before);
  }

  private static void spotSoldOut(Scene scene) {
    List<Variant> spot = scene.rig().spot();
    List<Variant> onDemand = scene.rig().onDemand();
    List<Variant> both = new ArrayList<>(onDemand);
    both.addAll(spot);
    boolean mixes = scene.rig().mixesPurchases();
    Site one = scene.site("spot", 0, 10, 0, mixes ? both : spot);
    Site other = mixes ? one : scene.site("on-demand", 0, 10, 0, onDemand);
    scene.cloud().sellOut(new FailureScope(Set.of(), Set.of(), Purchase.SPOT));
    one.seen();
    one.grow(spot.getFirst(), 1);
    CloudFailure failure = learned(one, Cause.CAPACITY);
    assertThat(failure.scope().covers(spot.getFirst())).as(failure.toString()).isTrue();
    if (mixes) {
      assertThat(failure.scope().covers(onDemand.getFirst())).as(failure.toString()).isFalse();
    }
    other.seen();
    Outcomes.done(other.grow(onDemand.getFirst(), 1));
    scene.pass(BOOT);
    assertThat(running(other, onDemand.getFirst())).isEqualTo(1);
  }

  private static void quotaReached(Scene scene) {
    Site web = scene.site(0, 20, 0);
    web.seen();
    scene.cloud().limit(FailureScope.ALL, 0);
    web.grow(1);
    CloudFailure none = learned(web, Cause.QUOTA);
    assertThat(none.hold()).as("no quota at all: %s", none).isEqualTo(Duration.ofHours(1));

    Site other = scene.site("other", 0, 20, 0, scene.rig().onDemand());
    scene.cloud().restock();
    scene.cloud().limit(FailureScope.ALL, 1);
    other.seen();
    other.grow(3);
    CloudFailure low = learned(other, Cause.QUOTA);
    assertThat(low.hold()).as("quota used up: %s", low).isEqualTo(Duration.ofMinutes(10));
  }

  private static void quotaFreed(Scene scene) {
    Site web = scene.site(0, 20, 1);
    web.seen();
    scene.cloud().limit(FailureScope.ALL, 1);
    web.grow(1);
    learned(web, Cause.QUOTA);
    scene.cloud().restock();
    scene.pass(Duration.ofMinutes(10));
    web.seen();
    Outcomes.done(web.grow(1));
    scene.pass(BOOT);
    assertThat(web.machines()).filteredOn(FakeMachine::running).hasSizeGreaterThanOrEqualTo(2);
    scene
        .provider()
        .capability(Quotas.class)
        .ifPresent(quotas ->
            assertThat(Outcomes.done(quotas.quotas(web.reference())))
                .as("what is read beforehand shows room")
                .noneMatch(quota -> quota.used() >= quota.limit()));
  }

  private static void noAddresses(Scene scene) {
    Site web = scene.site(0, 20, 1);
    String method = scene.increaseMethod();
    web.seen();
    scene.trouble(method, 1, Trouble.NO_ADDRESSES);
    web.grow(1);
    CloudFailure failure = learned(web, Cause.CAPACITY);
    assertThat(failure.hold()).as(failure.toString()).isEqualTo(Duration.ofSeconds(30));
    web.seen();
    Outcomes.done(web.grow(1));
  }
}
