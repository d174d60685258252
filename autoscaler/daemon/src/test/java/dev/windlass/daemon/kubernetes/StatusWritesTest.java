package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.replicas.ReplicaPlanner;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ReplicaScalerStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How often statuses are written when many scalers follow loads that rise, fall and jitter. */
class StatusWritesTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SCALERS = 500;
  private static final int TICKS = 240;
  private static final int TICKS_OF_WAVE = 960;
  private static final int PERIOD_SECONDS = 15;
  private static final com.fasterxml.jackson.databind.ObjectMapper FABRIC8 =
      new com.fasterxml.jackson.databind.ObjectMapper();

  private final Map<ObjectKey, ReplicaScalerResource> resources = new LinkedHashMap<>();
  private final Map<ObjectKey, Integer> sizes = new HashMap<>();
  private final Map<ObjectKey, Instant> lastWrites = new HashMap<>();
  private final Random random = new Random(7);

  /** 50 writes a second for 10,000 scalers are one in 200 seconds for each. */
  @Test
  void tenThousandScalersWouldCostFewerThanFiftyWritesASecond() throws Exception {
    for (int i = 0; i < SCALERS; i++) {
      add(new ObjectKey("shop", "s" + i));
    }
    AutoscalerState state = AutoscalerState.EMPTY;
    int writes = 0;
    for (int tick = 0; tick < TICKS; tick++) {
      Instant now = T0.plusSeconds((long) tick * PERIOD_SECONDS);
      ReplicaPlan plan = ReplicaPlanner.plan(snapshot(tick), state, Policy.DEFAULT, now);
      state = new AutoscalerState(Map.of(), Map.of(), Map.of(), plan.histories(), Map.of());
      for (ReplicaDecision decision : plan.decisions()) {
        sizes.put(decision.scaler(), decision.size().desired());
        writes += write(decision, now, tick == 0) && tick > 0 ? 1 : 0;
      }
    }
    double perSecondOfTenThousand =
        (double) writes / SCALERS * 10_000 / ((TICKS - 1) * (double) PERIOD_SECONDS);
    assertThat(perSecondOfTenThousand).isBetween(1.0, 50.0);
  }

  private boolean write(ReplicaDecision decision, Instant now, boolean first) throws Exception {
    ReplicaScalerResource resource = Objects.requireNonNull(resources.get(decision.scaler()));
    Map<String, Object> fields =
        ReplicaScalerStatuses.patch(resource, decision, "", now).orElse(null);
    if (fields == null) {
      return false;
    }
    Instant before = lastWrites.put(decision.scaler(), now);
    assertThat(before == null || !now.isBefore(before.plusSeconds(60)) || first).isTrue();
    resource.setStatus(
        FABRIC8.readValue(
            JsonMapper.shared().writeValueAsString(fields), ReplicaScalerStatus.class));
    List<ReplicaScalerStatus.Recommendation> kept = resource.getStatus().recommendations();
    assertThat(kept).hasSizeLessThanOrEqualTo(ScalerHistory.MAX_ENTRIES);
    return true;
  }

  private void add(ObjectKey key) {
    ReplicaScalerResource resource = new ReplicaScalerResource();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(key.namespace())
            .withName(key.name())
            .withGeneration(1L)
            .build());
    resources.put(key, resource);
    sizes.put(key, 20);
  }

  /** A wave of four hours, each scaler at another point of it, and five percent of jitter. */
  private double load(int scaler, int tick) {
    double phase = 2 * Math.PI * (tick / (double) TICKS_OF_WAVE + scaler / (double) SCALERS);
    return (20 + 10 * Math.sin(phase)) * (0.95 + 0.1 * random.nextDouble());
  }

  private ClusterSnapshot snapshot(int tick) {
    List<ReplicaScaler> scalers = new ArrayList<>();
    Map<TargetRef, ScaleTarget> targets = new HashMap<>();
    Map<ClusterSnapshot.MetricKey, MetricReading> readings = new HashMap<>();
    int number = 0;
    for (ObjectKey key : resources.keySet()) {
      TargetRef ref = new TargetRef("apps/v1", "Deployment", key);
      scalers.add(
          new ReplicaScaler(
              key,
              Identity.NONE,
              ref,
              new ReplicaScaler.Bounds(1, 100),
              List.of(new MetricSpec.External("load", null, new MetricTarget.AverageValue(1_000))),
              ReplicaScaler.Settings.USUAL));
      int size = sizes.getOrDefault(key, 20);
      LabelSelector selector = new LabelSelector(Map.of("app", key.name()), List.of());
      targets.put(ref, new ScaleTarget(ref, Identity.NONE, size, size, selector, null));
      readings.put(
          new ClusterSnapshot.MetricKey(key, 0),
          new MetricReading.Values(List.of(Math.round(load(number, tick) * 1_000))));
      number++;
    }
    return new ClusterSnapshot(
        ClusterSnapshot.Workloads.NONE,
        ClusterSnapshot.Capacity.NONE,
        new ClusterSnapshot.Scaling(scalers, targets, readings),
        ClusterSnapshot.Gpu.NONE,
        Map.of());
  }
}
