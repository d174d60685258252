package dev.windlass.core.replicas;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.Prediction;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ReplicaScaler.Bounds;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalerHistory.Recommendation;
import dev.windlass.core.model.ScalerHistory.Rescale;
import dev.windlass.core.model.ScalerHistory.ScaleEvent;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingExtras.Panic;
import dev.windlass.core.replicas.ReplicaDecision.Size;
import dev.windlass.core.replicas.ReplicaDecision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One scaler's decision: bounds first, then metrics, then how fast. The order is that of the
 * HorizontalPodAutoscaler.
 */
final class ScalerRule {
  private final MetricInputs inputs;
  private final Conflict conflict;
  private final @Nullable CapacityLimit capacity;
  private final boolean assumeElapsed;
  private final Bounds bounds;
  private final Conditions conditions = new Conditions();

  /**
   * A scaler whose target exists.
   *
   * @param conflict with what it is in conflict
   * @param capacity what nodes can be had for it, or null where that is enough
   * @param assumeElapsed whether waiting periods count as over
   */
  ScalerRule(
      MetricInputs inputs,
      Conflict conflict,
      @Nullable CapacityLimit capacity,
      boolean assumeElapsed) {
    this.inputs = inputs;
    this.conflict = conflict;
    this.capacity = capacity;
    this.assumeElapsed = assumeElapsed;
    this.bounds = bounds(inputs.scaler());
  }

  /** The decision about a scaler whose target does not exist. */
  static ReplicaDecision withoutTarget(ReplicaScaler scaler, ScalerHistory history) {
    String message = scaler.target() + " does not exist or has no scale";
    Conditions conditions =
        new Conditions().ableToScale(false, ReplicaReason.FAILED_GET_SCALE, message);
    return new ReplicaDecision(
        scaler.key(),
        scaler.target(),
        new Size(0, 0),
        List.of(),
        new Verdict(ReplicaReason.FAILED_GET_SCALE.title(), message, conditions.list()),
        history);
  }

  /** Decides. */
  ReplicaDecision decide(ScalerHistory remembered) {
    conditions.ableToScale(
        true, ReplicaReason.SUCCEEDED_GET_SCALE, "the target's scale could be read");
    ScalerHistory history = begin(remembered);
    Outcome outcome = mayMove(withinCapacity(outcome(history)));
    boolean moves = outcome.desired() != current();
    ScalerHistory next = moves ? rescaled(outcome) : outcome.history();
    if (bounds.min() == 0 || next.scaledToZero()) {
      conditions.scaledToZero(
          moves ? outcome.desired() == 0 : current() == 0 && next.scaledToZero());
    }
    ReplicaReason limit = outcome.limitedBy();
    return new ReplicaDecision(
        scaler().key(),
        scaler().target(),
        new Size(current(), outcome.desired()),
        outcome.metrics(),
        new Verdict(limit == null ? null : limit.title(), outcome.reason(), conditions.list()),
        next);
  }

  private ScalerHistory begin(ScalerHistory remembered) {
    ScalerHistory history = Histories.observe(remembered, current());
    if (history.recommendations().isEmpty() && !assumeElapsed) {
      return Histories.withRecommendations(
          history, List.of(new Recommendation(inputs.now(), current())));
    }
    return history;
  }

  private Outcome outcome(ScalerHistory history) {
    if (conflict.ofTarget()) {
      return refused(history);
    }
    if (current() == 0 && !history.scaledToZero()) {
      String message = "the target was brought to zero by somebody else, which pauses its scaler";
      conditions.scalingActive(false, ReplicaReason.SCALING_DISABLED, message);
      return held(ReplicaReason.SCALING_DISABLED, message, history);
    }
    if (current() > bounds.max()) {
      return new Outcome(
          bounds.max(),
          List.of(),
          ReplicaReason.TOO_MANY_REPLICAS,
          "Current number of replicas above Spec.MaxReplicas",
          history);
    }
    if (current() < bounds.min()) {
      return new Outcome(
          bounds.min(),
          List.of(),
          ReplicaReason.TOO_FEW_REPLICAS,
          "Current number of replicas below Spec.MinReplicas",
          history);
    }
    return byMetrics(history);
  }

  private Outcome byMetrics(ScalerHistory history) {
    LabelSelector selector = inputs.target().selector();
    if (selector == null || selector.isEmpty()) {
      String message = "the target has no selector or one that selects everything";
      conditions.scalingActive(false, ReplicaReason.INVALID_SELECTOR, message);
      return held(ReplicaReason.INVALID_SELECTOR, message, history);
    }
    if (conflict.exists()) {
      return refused(history);
    }
    MetricSummary summary = MetricSummary.of(inputs, history.metrics());
    ScalerHistory seen = Histories.withMetrics(history, summary.memory());
    return switch (summary) {
      case MetricSummary.Held held -> {
        ReplicaReason reason = held.first().reason();
        String message =
            held.failed()
                + " of "
                + held.proposals().size()
                + " metrics failed, the first: "
                + held.first().message();
        conditions.scalingActive(false, reason, message);
        yield new Outcome(current(), held.proposals(), reason, message, seen);
      }
      case MetricSummary.Wanted wanted -> {
        conditions.scalingActive(
            true,
            ReplicaReason.VALID_METRIC_FOUND,
            "the size was worked out from " + wanted.phrase());
        yield foreseen(wanted, seen);
      }
    };
  }

  private Outcome foreseen(MetricSummary.Wanted wanted, ScalerHistory history) {
    Prediction prediction = scaler().settings().extras().prediction();
    if (prediction == null) {
      return towards(wanted, Histories.withForesight(history, null));
    }
    Foreseen foreseen =
        Foreseen.of(prediction, wanted, history.foresight(), inputs.leadTime(), inputs.now());
    return towards(foreseen.wanted(), Histories.withForesight(history, foreseen.foresight()));
  }

  private Outcome towards(MetricSummary.Wanted wanted, ScalerHistory history) {
    ScalingBehavior behavior = scaler().settings().behavior();
    NextSize next =
        NextSize.of(
            current(),
            wanted.replicas(),
            bounds,
            new NextSize.Rules(
                behavior,
                stabilization(),
                scaler().settings().extras().pace().panic(),
                mayGrowAgain(history),
                history,
                inputs.now()));
    ReplicaReason stabilized = next.stabilizedBy();
    conditions.ableToScale(
        true,
        stabilized == null ? ReplicaReason.READY_FOR_NEW_SCALE : stabilized,
        Sentences.stabilization(stabilized));
    conditions.scalingLimited(
        next.limitedBy() != ReplicaReason.DESIRED_WITHIN_RANGE,
        next.limitedBy(),
        Sentences.limit(next.limitedBy()));
    return new Outcome(
        next.replicas(),
        wanted.proposals(),
        next.binding(),
        Sentences.why(current(), wanted, next),
        Histories.withRecommendations(history, next.recommendations()));
  }

  /** New pods that find no node are not asked for yet; the minimum is, and what is there stays. */
  private Outcome withinCapacity(Outcome outcome) {
    if (capacity == null) {
      return outcome;
    }
    conditions.capacityLimited(capacity.cause(), capacity.message());
    int possible = Math.max(capacity.replicas(), Math.max(current(), bounds.min()));
    return outcome.desired() <= possible
        ? outcome
        : new Outcome(
            possible,
            outcome.metrics(),
            capacity.cause(),
            outcome.reason() + "; " + capacity.message(),
            outcome.history());
  }

  private Outcome mayMove(Outcome outcome) {
    if (!scaler().settings().pausedAt(inputs.now())) {
      return outcome;
    }
    String message = Sentences.paused(scaler().settings().extras().pause(), current(), outcome);
    conditions.scalingActive(false, ReplicaReason.PAUSED, message);
    return new Outcome(
        current(), outcome.metrics(), ReplicaReason.PAUSED, message, outcome.history());
  }

  private ScalerHistory rescaled(Outcome outcome) {
    conditions.ableToScale(
        true, ReplicaReason.SUCCEEDED_RESCALE, "the target's new size is " + outcome.desired());
    Rescale asked = new Rescale(inputs.now(), current(), outcome.desired());
    ScalingBehavior behavior = scaler().settings().behavior();
    List<ScaleEvent> events =
        behavior == null
            ? List.of()
            : remembered(
                new RateLimits(behavior, outcome.history().events(), inputs.now()),
                new ScaleEvent(asked.at(), asked.to() - asked.from()));
    return Histories.rescaled(outcome.history(), asked, events, outcome.desired() == 0);
  }

  private List<ScaleEvent> remembered(RateLimits limits, ScaleEvent event) {
    return scaler().settings().strict() ? limits.rememberStrictly(event) : limits.remember(event);
  }

  private boolean mayGrowAgain(ScalerHistory history) {
    Instant last = history.lastScaleAt();
    return assumeElapsed
        || last == null
        || !last.plus(inputs.policy().syncPeriod()).isAfter(inputs.now());
  }

  private Stabilization stabilization() {
    Panic panic = scaler().settings().extras().pace().panic();
    return Stabilization.of(
        scaler().settings().behavior(),
        inputs.policy().downscaleStabilization(),
        panic == null ? Duration.ZERO : panic.window());
  }

  private Outcome refused(ScalerHistory history) {
    conditions.scalingActive(false, ReplicaReason.AMBIGUOUS_SELECTOR, conflict.message());
    return held(ReplicaReason.AMBIGUOUS_SELECTOR, conflict.message(), history);
  }

  private Outcome held(ReplicaReason reason, String message, ScalerHistory history) {
    return new Outcome(current(), List.of(), reason, message, history);
  }

  /**
   * Zero needs a schedule, or a metric that has a value without any pod; otherwise one replica
   * stays.
   */
  private static Bounds bounds(ReplicaScaler scaler) {
    boolean scheduled = !scaler.settings().extras().schedules().isEmpty();
    boolean wakes =
        scheduled
            || scaler.metrics().stream()
                .anyMatch(metric ->
                    switch (metric) {
                      case MetricSpec.OfObject _, MetricSpec.External _, MetricSpec.Prometheus _ ->
                          true;
                      case MetricSpec.Resource _,
                          MetricSpec.ContainerResource _,
                          MetricSpec.Pods _,
                          MetricSpec.Scraped _ ->
                          false;
                    });
    return wakes
        ? scaler.bounds()
        : new Bounds(Math.max(1, scaler.bounds().min()), scaler.bounds().max());
  }

  private ReplicaScaler scaler() {
    return inputs.scaler();
  }

  private int current() {
    return inputs.target().specReplicas();
  }
}
