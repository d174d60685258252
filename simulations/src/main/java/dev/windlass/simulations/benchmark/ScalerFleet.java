package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.ClusterSnapshot.MetricKey;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.Resources;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.Source;
import dev.windlass.core.model.TargetRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Scalers of five pods each, on nodes that are full. Each follows the cpu of its pods, which is as
 * high as it should be give or take a tenth, so that one in a few scalers moves; and a queue.
 */
final class ScalerFleet {
  private static final int PODS_OF_EACH = 5;
  private static final int PODS_OF_NODE = 50;
  private static final String GROUP = "fleet";

  private final Random random;
  private final Map<TargetRef, ScaleTarget> targets = new HashMap<>();
  private final Map<MetricKey, MetricReading> readings = new HashMap<>();
  private final List<ReplicaScaler> scalers = new ArrayList<>();

  private ScalerFleet(long seed) {
    random = new Random(seed);
  }

  static ClusterSnapshot of(int scalers, long seed) {
    ClusterBuilder cluster = new ClusterBuilder();
    int count = scalers * PODS_OF_EACH / PODS_OF_NODE;
    Resources machine = ClusterBuilder.machine(10_000, 51_200, 110);
    List<Node> nodes =
        cluster.group(
            GROUP,
            count * 2,
            count,
            List.of(ClusterBuilder.offering(GROUP, "fleet-10", "zone-a", 0.5, machine)));
    ScalerFleet fleet = new ScalerFleet(seed);
    for (int number = 0; number < scalers; number++) {
      fleet.add(cluster, number, nodes);
    }
    ClusterSnapshot built = cluster.build();
    return new ClusterSnapshot(
        built.workloads(),
        built.capacity(),
        new ClusterSnapshot.Scaling(fleet.scalers, fleet.targets, fleet.readings),
        built.gpu(),
        Map.of(
            Source.KUBERNETES,
            ClusterBuilder.NOW,
            Source.CLOUD,
            ClusterBuilder.NOW,
            Source.METRICS,
            ClusterBuilder.NOW));
  }

  private void add(ClusterBuilder cluster, int number, List<Node> nodes) {
    String name = String.format("app-%05d", number);
    ObjectKey key = new ObjectKey("default", name);
    TargetRef target = new TargetRef("apps/v1", "Deployment", key);
    Map<String, String> labels = Map.of("app", name);
    PodSpec spec = PodSpec.of(ClusterBuilder.requests(200, 1_024), PodPlacementRules.ANYWHERE);
    List<MetricReading.PodSample> samples = new ArrayList<>();
    for (int pod = 0; pod < PODS_OF_EACH; pod++) {
      int place = (number * PODS_OF_EACH + pod) / PODS_OF_NODE;
      cluster.pod(name + "-" + pod, name, spec, nodes.get(place));
      samples.add(
          new MetricReading.PodSample(
              name + "-" + pod,
              Map.of("main", 108L + random.nextInt(25)),
              ClusterBuilder.NOW,
              Duration.ofSeconds(15)));
    }
    scalers.add(
        new ReplicaScaler(
            key,
            Identity.NONE,
            target,
            new ReplicaScaler.Bounds(1, 20),
            List.of(
                new MetricSpec.Resource(Resources.CPU, new MetricTarget.Utilization(60)),
                new MetricSpec.External("queue", null, new MetricTarget.AverageValue(1_000))),
            ReplicaScaler.Settings.USUAL));
    targets.put(
        target,
        new ScaleTarget(
            target,
            new Identity("uid-" + name, "1"),
            PODS_OF_EACH,
            PODS_OF_EACH,
            new LabelSelector(labels, List.of()),
            new ScaleTarget.PodTemplate(labels, spec)));
    readings.put(new MetricKey(key, 0), new MetricReading.PodSamples(samples));
    readings.put(
        new MetricKey(key, 1), new MetricReading.Values(List.of(1_000L * random.nextInt(7))));
  }
}
