package dev.windlass.core.replicas;

import static dev.windlass.core.replicas.PodTokens.NOW;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.HorizontalPodAutoscaler;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.RememberedHistory;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ReplicaScaler.Bounds;
import dev.windlass.core.model.ReplicaScaler.Settings;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.TargetRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One scaler over one target: 3 replicas of 1 to 100, seen long ago, unless a test says else. */
final class Scenario {
  static final ObjectKey WEB = new ObjectKey(PodTokens.NAMESPACE, "web");
  static final TargetRef TARGET = new TargetRef("apps/v1", "Deployment", WEB);

  private final List<MetricSpec> metrics = new ArrayList<>();
  private final List<@Nullable MetricReading> readings = new ArrayList<>();
  private List<Pod> pods = PodTokens.parse("1000 1000 1000").pods();
  private Bounds bounds = new Bounds(1, 100);
  private int spec = 3;
  private @Nullable Integer status;
  private @Nullable ScalingBehavior behavior;
  private boolean paused;
  private boolean strict;
  private @Nullable LabelSelector selector = new LabelSelector(PodTokens.LABELS, List.of());
  private @Nullable ScalerHistory history;
  private boolean firstSight;
  private RememberedHistory remembered = RememberedHistory.NONE;
  private ScalingExtras extras = ScalingExtras.NONE;
  private Policy policy = Policy.DEFAULT;
  private Map<Source, Instant> observedAt = Map.of();
  private List<HorizontalPodAutoscaler> others = List.of();

  static Scenario of(int replicas) {
    Scenario scenario = new Scenario();
    scenario.spec = replicas;
    return scenario;
  }

  Scenario bounds(int min, int max) {
    bounds = new Bounds(min, max);
    return this;
  }

  Scenario status(int replicas) {
    status = replicas;
    return this;
  }

  Scenario pods(List<Pod> selected) {
    pods = selected;
    return this;
  }

  Scenario metric(MetricSpec metric, @Nullable MetricReading reading) {
    metrics.add(metric);
    readings.add(reading);
    return this;
  }

  /** A metric from outside whose target is one per replica, so that it asks for this many. */
  Scenario asks(int replicas) {
    return metric(
        Metrics.externalAverage(1000), new MetricReading.Values(List.of(replicas * 1000L)));
  }

  Scenario behavior(@Nullable ScalingBehavior value) {
    behavior = value;
    return this;
  }

  Scenario paused() {
    paused = true;
    return this;
  }

  Scenario strict(boolean value) {
    strict = value;
    return this;
  }

  Scenario selector(@Nullable LabelSelector value) {
    selector = value;
    return this;
  }

  Scenario history(ScalerHistory value) {
    history = value;
    return this;
  }

  /** What its status holds, for a daemon that has just started. */
  Scenario remembered(RememberedHistory value) {
    remembered = value;
    return firstSight();
  }

  Scenario firstSight() {
    firstSight = true;
    return this;
  }

  Scenario extras(ScalingExtras value) {
    extras = value;
    return this;
  }

  Scenario policy(Policy value) {
    policy = value;
    return this;
  }

  Scenario metricsObservedAt(Instant at) {
    observedAt = Map.of(Source.METRICS, at);
    return this;
  }

  Scenario other(HorizontalPodAutoscaler value) {
    others = List.of(value);
    return this;
  }

  ReplicaDecision decide() {
    return plan(NOW).decisions().getFirst();
  }

  ReplicaPlan plan(Instant now) {
    return ReplicaPlanner.plan(snapshot(), state(), policy, now);
  }

  AutoscalerState state() {
    if (firstSight) {
      return AutoscalerState.EMPTY;
    }
    ScalerHistory known = history == null ? seenLongAgo() : history;
    return new AutoscalerState(Map.of(), Map.of(), Map.of(), Map.of(WEB, known), Map.of());
  }

  ClusterSnapshot snapshot() {
    Map<MetricKey, MetricReading> byKey = new HashMap<>();
    for (int i = 0; i < readings.size(); i++) {
      MetricReading reading = readings.get(i);
      if (reading != null) {
        byKey.put(new MetricKey(WEB, i), reading);
      }
    }
    return new ClusterSnapshot(
        new ClusterSnapshot.Workloads(pods, List.of(), List.of(), List.of(), Map.of()),
        ClusterSnapshot.Capacity.NONE,
        new ClusterSnapshot.Scaling(List.of(scaler()), Map.of(TARGET, target()), byKey, others),
        ClusterSnapshot.Gpu.NONE,
        observedAt);
  }

  ReplicaScaler scaler() {
    Settings settings = new Settings(behavior, paused, strict, remembered, extras);
    return new ReplicaScaler(WEB, Identity.NONE, TARGET, bounds, metrics, settings);
  }

  ScaleTarget target() {
    return new ScaleTarget(
        TARGET,
        new Identity("uid-1", "7"),
        spec,
        status == null ? spec : status,
        selector,
        pods.isEmpty()
            ? null
            : new ScaleTarget.PodTemplate(PodTokens.LABELS, pods.getFirst().spec()));
  }

  private ScalerHistory seenLongAgo() {
    return new ScalerHistory(
        List.of(new ScalerHistory.Recommendation(NOW.minusSeconds(36_000), spec)),
        List.of(),
        spec == 0,
        null);
  }
}
