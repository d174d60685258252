package dev.windlass.core.replicas;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many replicas each scaler's target should have, by the rules of the HorizontalPodAutoscaler
 * ({@code autoscaling/v2}). Where one of these rules is a known hazard, a scaler that is not strict
 * is spared it: {@code docs/reference/replicas.md}.
 */
public final class ReplicaPlanner {
  private final ClusterSnapshot snapshot;
  private final AutoscalerState state;
  private final Policy policy;
  private final Instant now;
  private final SelectedPods pods;
  private final LeadTimes leadTimes;

  private ReplicaPlanner(
      ClusterSnapshot snapshot, AutoscalerState state, Policy policy, Instant now) {
    this.snapshot = snapshot;
    this.state = state;
    this.policy = policy;
    this.now = now;
    pods = SelectedPods.of(snapshot);
    leadTimes = new LeadTimes(snapshot.capacity());
  }

  /**
   * Plans.
   *
   * @return one decision for each scaler, by name; the actions for those that change; and what to
   *     remember
   */
  public static ReplicaPlan plan(
      ClusterSnapshot snapshot, AutoscalerState state, Policy policy, Instant now) {
    ReplicaPlanner planner = new ReplicaPlanner(snapshot, state, policy, now);
    List<ReplicaDecision> decisions =
        snapshot.scaling().scalers().stream()
            .sorted(Comparator.comparing(ReplicaScaler::key))
            .map(scaler -> planner.decide(scaler, null))
            .toList();
    return planner.withActions(decisions);
  }

  /**
   * The plan again with what scale-up found: no more new pods than there are nodes for, and a
   * condition that says why.
   *
   * @param plan what would be decided if there were nodes without end
   * @param shortages why each pod that finds no node finds none
   */
  public static ReplicaPlan within(
      ReplicaPlan plan,
      Map<ObjectKey, Shortage> shortages,
      ClusterSnapshot snapshot,
      AutoscalerState state,
      Policy policy,
      Instant now) {
    if (shortages.isEmpty() || plan.decisions().isEmpty()) {
      return plan;
    }
    return new ReplicaPlanner(snapshot, state, policy, now)
        .within(plan, new CapacityLimits(shortages));
  }

  private ReplicaPlan within(ReplicaPlan plan, CapacityLimits limits) {
    Map<ObjectKey, ReplicaScaler> scalers = new HashMap<>();
    snapshot.scaling().scalers().forEach(scaler -> scalers.put(scaler.key(), scaler));
    List<ReplicaDecision> decisions = new ArrayList<>();
    for (ReplicaDecision decision : plan.decisions()) {
      ReplicaScaler scaler = scalers.get(decision.scaler());
      ScaleTarget target = snapshot.scaling().targets().get(decision.target());
      Optional<CapacityLimit> limit =
          scaler == null || target == null
              ? Optional.empty()
              : limits.of(decision, scaler, target, pods.of(scaler.key()));
      decisions.add(scaler != null && limit.isPresent() ? decide(scaler, limit.get()) : decision);
    }
    return withActions(decisions);
  }

  private ReplicaDecision decide(ReplicaScaler scaler, @Nullable CapacityLimit limit) {
    ScalerHistory known = state.scalers().get(scaler.key());
    ScaleTarget target = snapshot.scaling().targets().get(scaler.target());
    if (target == null) {
      return ScalerRule.withoutTarget(
          scaler, known == null ? scaler.settings().remembered().history() : known);
    }
    Policy.Replicas rules = withOwn(policy.replicas(), scaler.settings().extras());
    ScalerHistory history =
        known == null
            ? Histories.resumed(
                scaler.settings().remembered(), target.specReplicas(), now, rules.syncPeriod())
            : known;
    MetricInputs inputs =
        new MetricInputs(
            scaler, target, pods.of(scaler.key()), readings(scaler), rules, leadTime(scaler), now);
    return new ScalerRule(inputs, pods.conflict(scaler.key()), limit, policy.assumeElapsed())
        .decide(history);
  }

  /** Measured only for scalers that look ahead. */
  private Duration leadTime(ReplicaScaler scaler) {
    return scaler.settings().extras().prediction() == null
        ? Duration.ZERO
        : leadTimes.of(pods.of(scaler.key()));
  }

  private ReplicaPlan withActions(List<ReplicaDecision> decisions) {
    List<Action> actions = new ArrayList<>();
    for (ReplicaDecision decision : decisions) {
      ScaleTarget target = snapshot.scaling().targets().get(decision.target());
      if (target != null && decision.size().desired() != decision.size().current()) {
        actions.add(action(decision, target));
      }
    }
    return new ReplicaPlan(decisions, actions);
  }

  /** A scaler's own warm-up and tick stand in for the cluster's. */
  private static Policy.Replicas withOwn(Policy.Replicas policy, ScalingExtras extras) {
    Duration warmUp = extras.warmUp();
    Duration tick = extras.pace().tick();
    return warmUp == null && tick == null
        ? policy
        : new Policy.Replicas(
            policy.tolerance(),
            policy.downscaleStabilization(),
            warmUp == null ? policy.cpuInitializationPeriod() : warmUp,
            policy.initialReadinessDelay(),
            tick == null ? policy.syncPeriod() : tick);
  }

  private static Action action(ReplicaDecision decision, ScaleTarget target) {
    return new Action.ScaleWorkload(
        decision.scaler(),
        decision.target(),
        target.identity(),
        decision.size().current(),
        decision.size().desired(),
        decision.verdict().reason());
  }

  /** What the metrics say; metrics that are too old say nothing. */
  private List<MetricReading> readings(ReplicaScaler scaler) {
    Instant observed = snapshot.observedAt().get(Source.METRICS);
    Duration limit = policy.staleness().limit(Source.METRICS);
    boolean stale = observed != null && observed.plus(limit).isBefore(now);
    List<MetricReading> readings = new ArrayList<>();
    for (int i = 0; i < scaler.metrics().size(); i++) {
      MetricReading reading = snapshot.scaling().readings().get(new MetricKey(scaler.key(), i));
      if (stale) {
        readings.add(
            new MetricReading.Failure(
                "the metrics are of " + observed + ", older than " + limit.toSeconds() + " s"));
      } else {
        readings.add(
            reading == null ? new MetricReading.Failure("the metric was not read") : reading);
      }
    }
    return readings;
  }
}
