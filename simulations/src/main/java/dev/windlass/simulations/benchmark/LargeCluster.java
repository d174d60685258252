package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A cluster at the upper end of what Kubernetes runs: nodes of four sizes in three zones, each with
 * 30 pods that ask for four fifths of it, and pods that wait.
 *
 * <p>A third of the pending applications ask for a zone, a tenth each are spread over zones and
 * kept apart on hosts.
 *
 * @param nodes how many nodes, a multiple of the groups
 * @param pending how many pods wait
 * @param groups how many node groups
 * @param shapes how many applications the pending pods belong to, each with a spec of its own
 * @param selectors how many of ten applications have a rule about their own pods
 */
record LargeCluster(int nodes, int pending, int groups, int shapes, int selectors) {
  private static final int PODS_PER_NODE = 30;
  private static final int RUNNING_SPECS_PER_SIZE = 125;
  private static final int[] CORES = {4, 8, 16, 32};

  ClusterSnapshot build(long seed) {
    Random random = new Random(seed);
    ClusterBuilder cluster = new ClusterBuilder();
    List<List<PodSpec>> running = runningSpecs(random);
    for (int group = 0; group < groups; group++) {
      int size = group % CORES.length;
      for (Node node : group(cluster, group, CORES[size])) {
        for (int each = 0; each < PODS_PER_NODE; each++) {
          int kind = random.nextInt(RUNNING_SPECS_PER_SIZE);
          PodSpec spec = running.get(size).get(kind);
          cluster.pod(node.name() + "-" + each, "running-" + size + "-" + kind, spec, node);
        }
      }
    }
    List<PodSpec> waiting = waitingSpecs(random);
    for (int each = 0; each < pending; each++) {
      int shape = each % shapes;
      cluster.pod(
          String.format("pending-%06d", each), "pending-" + shape, waiting.get(shape), null);
    }
    return cluster.build();
  }

  private List<Node> group(ClusterBuilder cluster, int group, int cores) {
    String name = String.format("group-%03d", group);
    Resources machine = ClusterBuilder.machine(cores * 1000L, cores * 4096L, 110);
    String zone = "zone-" + group % 3;
    return cluster.group(
        name,
        10 * nodes,
        nodes / groups,
        List.of(ClusterBuilder.offering(name, "type-" + cores, zone, cores * 0.05, machine)));
  }

  /** For each size of node, specs of which 30 ask for 40 to 120 % of it. */
  private static List<List<PodSpec>> runningSpecs(Random random) {
    List<List<PodSpec>> bySize = new ArrayList<>();
    for (int cores : CORES) {
      List<PodSpec> specs = new ArrayList<>();
      for (int each = 0; each < RUNNING_SPECS_PER_SIZE; each++) {
        double share = (0.4 + 0.8 * random.nextDouble()) / PODS_PER_NODE;
        specs.add(
            PodSpec.of(
                ClusterBuilder.requests(
                    (long) (share * cores * 1000), (long) (share * cores * 4096)),
                PodPlacementRules.ANYWHERE));
      }
      bySize.add(specs);
    }
    return bySize;
  }

  private List<PodSpec> waitingSpecs(Random random) {
    List<PodSpec> specs = new ArrayList<>();
    for (int shape = 0; shape < shapes; shape++) {
      Resources requests =
          ClusterBuilder.requests(50 + random.nextInt(1450), 64 + random.nextInt(4032));
      specs.add(PodSpec.of(requests, rules(shape)));
    }
    return specs;
  }

  private PodPlacementRules rules(int shape) {
    int kind = shape % 10;
    if (kind < selectors) {
      String key = kind % 2 == 0 ? Keys.HOSTNAME : Keys.ZONE;
      String application = "pending-" + shape;
      return kind % 2 == 0
          ? PlacementRules.apart(key, PlacementRules.label("app", application))
          : PlacementRules.spread(key, PlacementRules.label("app", application));
    }
    return kind % 3 == 2
        ? PlacementRules.onlyWhere(Keys.ZONE, "zone-" + shape % 3)
        : PodPlacementRules.ANYWHERE;
  }
}
