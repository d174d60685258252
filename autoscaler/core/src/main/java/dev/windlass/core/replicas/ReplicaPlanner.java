package dev.windlass.core.replicas;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many replicas each scaler's target should have, by the rules of the HorizontalPodAutoscaler
 * ({@code autoscaling/v2}). Where one of these rules is a known hazard, a scaler that is not strict
 * is spared it: {@code docs/reference/replicas.md}.
 */
public final class ReplicaPlanner {
  private ReplicaPlanner() {}

  /**
   * Plans.
   *
   * @return one decision for each scaler, by name; the actions for those that change; and what to
   *     remember
   */
  public static ReplicaPlan plan(
      ClusterSnapshot snapshot, AutoscalerState state, Policy policy, Instant now) {
    SelectedPods pods = SelectedPods.of(snapshot);
    List<ReplicaScaler> scalers =
        snapshot.scaling().scalers().stream()
            .sorted(Comparator.comparing(ReplicaScaler::key))
            .toList();
    List<ReplicaDecision> decisions = new ArrayList<>();
    List<Action> actions = new ArrayList<>();
    for (ReplicaScaler scaler : scalers) {
      ScalerHistory remembered = state.scalers().get(scaler.key());
      ScalerHistory history = remembered == null ? scaler.settings().remembered() : remembered;
      ScaleTarget target = snapshot.scaling().targets().get(scaler.target());
      if (target == null) {
        decisions.add(ScalerRule.withoutTarget(scaler, history));
        continue;
      }
      MetricInputs inputs =
          new MetricInputs(
              scaler,
              target,
              pods.of(scaler.key()),
              readings(scaler, snapshot, policy, now),
              withWarmUp(policy.replicas(), scaler.settings().extras().warmUp()),
              now);
      ReplicaDecision decision =
          new ScalerRule(inputs, pods.conflict(scaler.key()), policy.assumeElapsed())
              .decide(history);
      decisions.add(decision);
      if (decision.size().desired() != decision.size().current()) {
        actions.add(action(decision, target));
      }
    }
    return new ReplicaPlan(decisions, actions);
  }

  /** A scaler's own warm-up stands in for the cluster's initialization period. */
  private static Policy.Replicas withWarmUp(Policy.Replicas policy, @Nullable Duration warmUp) {
    return warmUp == null
        ? policy
        : new Policy.Replicas(
            policy.tolerance(),
            policy.downscaleStabilization(),
            warmUp,
            policy.initialReadinessDelay(),
            policy.syncPeriod());
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
  private static List<MetricReading> readings(
      ReplicaScaler scaler, ClusterSnapshot snapshot, Policy policy, Instant now) {
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
