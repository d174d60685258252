package dev.windlass.provider.contract.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
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
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Receipt;
import dev.windlass.provider.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Increases that are refused, unanswered, asked for twice, or from another target. */
public final class WritingRows {
  /** So often may one call write at most, repetitions on its own account included. */
  private static final int MAX_WRITES = 3;

  private WritingRows() {}

  /** The rows. */
  public static List<Row> rows() {
    return List.of(
        new Row("F3", "throttled on write, with Retry-After", WritingRows::retryAfter),
        new Row("F4", "throttled on write, without Retry-After", WritingRows::noRetryAfter),
        new Row("F6", "5xx on write before its effect", WritingRows::brokenBeforeEffect),
        new Row("F7", "connection cut after the effect", WritingRows::cutAfterEffect),
        new Row("F8", "no answer within the timeout", WritingRows::noAnswer),
        new Row("F9", "asked for by two replicas", WritingRows::twoReplicas),
        new Row("F24", "target changed by somebody else", WritingRows::targetChanged),
        new Row("F25", "bounds changed meanwhile", WritingRows::boundsChanged),
        new Row("F36", "somebody else writes, five times", WritingRows::busy),
        new Row("F37", "process killed after sending", WritingRows::killed));
  }

  private static void retryAfter(Scene scene) {
    Site web = scene.site(0, 10, 1);
    scene.trouble(scene.increaseMethod(), 1, Trouble.THROTTLED_FOR_SEVEN_SECONDS);
    Order order = web.order(2);
    CloudFailure failure = Outcomes.failed(web.grow(order), Cause.THROTTLED);
    assertThat(failure.hold()).isEqualTo(Duration.ofSeconds(7));
    scene.pass(Duration.ofSeconds(7));
    Outcomes.done(web.grow(order));
    assertThat(web.target()).isEqualTo(3);
  }

  private static void noRetryAfter(Scene scene) {
    Site web = scene.site(0, 10, 1);
    String method = scene.increaseMethod();
    scene.trouble(method, 1, Trouble.THROTTLED);
    Order order = web.order(2);
    CloudFailure failure = Outcomes.failed(web.grow(order), Cause.THROTTLED);
    assertThat(failure.message()).isNotBlank();
    assertThat(failure.hold()).as("the policy's back-off").isNull();
    assertThat(web.target()).isEqualTo(1);
    Outcomes.done(web.grow(order));
  }

  private static void brokenBeforeEffect(Scene scene) {
    Site web = scene.site(0, 20, 1);
    String method = scene.increaseMethod();
    for (Trouble trouble : List.of(Trouble.SERVER_ERROR, Trouble.UNAVAILABLE)) {
      int before = web.target();
      scene.trouble(method, 1, trouble);
      Order order = web.order(2);
      CloudOutcome<Receipt> outcome = web.grow(order);
      if (outcome instanceof CloudOutcome.Failed<?>) {
        Outcomes.failed(outcome, Cause.TRANSIENT);
      }
      Outcomes.done(web.grow(order));
      assertThat(web.target()).isEqualTo(before + 2);
    }
  }

  private static void cutAfterEffect(Scene scene) {
    Site web = scene.site(0, 20, 3);
    settlesBoth(scene, web, new Fault.Cut(true), scene.provider(), scene.provider());
  }

  private static void noAnswer(Scene scene) {
    Site web = scene.site(0, 20, 3);
    CloudProvider hurried = scene.connectHurried(web);
    settlesBoth(scene, web, new Fault.Silence(), hurried, scene.provider());
  }

  private static void killed(Scene scene) {
    Site web = scene.site(0, 20, 3);
    settlesBoth(scene, web, new Fault.Cut(true), scene.provider(), scene.connect());
    forgotten(scene);
  }

  /**
   * The intent of the first process is lost too. Machines are launched through their group alone,
   * so the next process finds them there, and gives up those that never became Nodes.
   */
  private static void forgotten(Scene scene) {
    String increase = scene.increaseMethod();
    Site web = scene.site("forgotten", 0, 20, 2, scene.rig().onDemand());
    web.seen();
    List<InstanceId> known = web.ids();
    scene.fault(increase, 1, new Fault.Cut(true));
    web.grow(2);
    scene.heal();
    scene.pass(Duration.ofMinutes(20));
    CloudProvider next = scene.connect();
    List<InstanceId> orphans =
        Outcomes.done(next.observe(web.reference())).instances().stream()
            .map(Instance::id)
            .filter(id -> !known.contains(id))
            .toList();
    assertThat(orphans).hasSize(2);
    Outcomes.done(web.delete(orphans, new OperationId("sweep"), next));
    scene.pass(Duration.ofMinutes(20));
    assertThat(web.ids()).isEqualTo(known);
    assertThat(web.target()).isEqualTo(2);
  }

  /** An increase and a deletion whose answers are lost, settled by reading and by asking again. */
  private static void settlesBoth(
      Scene scene, Site web, Fault fault, CloudProvider first, CloudProvider later) {
    String increase = scene.increaseMethod();
    String delete = scene.deleteMethod();
    web.seen();
    scene.fault(increase, 1, fault);
    Order order = web.order(2);
    Outcomes.unknownOrDone(web.grow(order, first));
    scene.heal();
    web.seen();
    assertThat(web.belief().view().target()).isEqualTo(5);
    Outcomes.done(web.grow(order, later));
    assertThat(web.target()).as("one effect").isEqualTo(5);

    scene.pass(Duration.ofMinutes(30));
    web.seen();
    InstanceId one = web.ids().getFirst();
    OperationId operation = new OperationId("delete-one");
    scene.fault(delete, 1, fault);
    Outcomes.unknownOrDone(web.delete(List.of(one), operation, first));
    scene.heal();
    Outcomes.done(web.delete(List.of(one), operation, later));
    assertThat(web.target()).as("one decrement").isEqualTo(4);
    web.seen();
    assertThat(web.believed()).doesNotContain(one);
  }

  private static void twoReplicas(Scene scene) throws InterruptedException {
    Site web = scene.site(0, 20, 1);
    CloudProvider other = scene.connect();
    Order order = web.order(2);
    Outcomes.done(web.grow(order));
    CloudOutcome<Receipt> second = web.grow(order, other);
    if (!Outcomes.isDone(second)) {
      Outcomes.conflict(second);
    }
    assertThat(web.target()).isEqualTo(3);

    Order late = web.order(1, Map.of(web.variants().getFirst(), 4));
    Outcomes.conflict(web.grow(late, other));
    assertThat(web.target()).as("another intent from an old target").isEqualTo(3);

    Order both = web.order(3);
    atOnce(() -> ask(scene.provider(), web, both), () -> ask(other, web, both));
    assertThat(web.target()).as("the same intent of two at once").isEqualTo(6);
  }

  private static CloudOutcome<Receipt> ask(CloudProvider client, Site site, Order order) {
    return client.increase(site.reference(), order.change(), order.operation());
  }

  private static void atOnce(
      Callable<CloudOutcome<Receipt>> one, Callable<CloudOutcome<Receipt>> other)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<CloudOutcome<Receipt>> each : threads.invokeAll(List.of(one, other))) {
        assertThat(each.get()).isNotInstanceOf(CloudOutcome.Unknown.class);
      }
    } catch (ExecutionException thrown) {
      throw new AssertionError("a provider does not throw", thrown);
    }
  }

  private static void targetChanged(Scene scene) {
    Site web = scene.site(0, 20, 4);
    web.seen();
    Order order = web.order(2);
    scene.cloud().setTarget(web.id(), 9);
    Outcomes.conflict(web.grow(order));
    assertThat(web.target()).isEqualTo(9);
    assertThat(web.seen().target()).as("it is adopted").isEqualTo(9);

    Order next = web.order(2);
    scene.cloud().setTarget(web.id(), 2);
    Outcomes.conflict(web.grow(next));
    assertThat(web.target()).as("no fight").isEqualTo(2);
    web.seen();
    web.seen();
    assertThat(web.belief().view().target()).isEqualTo(2);
    Outcomes.done(web.grow(1));
  }

  private static void boundsChanged(Scene scene) {
    Site web = scene.site(0, 10, 4);
    assertThat(web.seen().limits().max()).isEqualTo(10);
    scene.cloud().setLimits(web.id(), 1, 5);
    CloudOutcome<Receipt> outcome = web.grow(3);
    assertThat(Outcomes.isDone(outcome)).as("beyond the maximum: %s", outcome).isFalse();
    assertThat(web.target()).isEqualTo(4);
    assertThat(web.seen().limits().max()).isEqualTo(5);
    assertThat(web.seen().limits().min()).isEqualTo(1);

    scene.cloud().setLimits(web.id(), 1, 3);
    List<InstanceId> machines = web.ids();
    web.seen();
    web.grow(1);
    assertThat(web.ids()).as("a smaller maximum deletes nothing").containsAll(machines);
  }

  private static void busy(Scene scene) {
    Site web = scene.site(0, 10, 1);
    String method = scene.increaseMethod();
    scene.trouble(method, Integer.MAX_VALUE, Trouble.BUSY);
    Order order = web.order(2);
    for (int i = 0; i < 5; i++) {
      int before = scene.cloud().journal().of(method).size();
      Outcomes.conflict(web.grow(order));
      assertThat(scene.cloud().journal().of(method).size() - before)
          .as("writes of one call")
          .isLessThanOrEqualTo(MAX_WRITES);
    }
    assertThat(web.target()).isEqualTo(1);
    scene.heal();
    web.seen();
    Outcomes.done(web.grow(order));
    assertThat(web.target()).isEqualTo(3);
  }
}
