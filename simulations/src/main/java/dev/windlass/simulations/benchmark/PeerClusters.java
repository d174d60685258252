package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.List;

/** The clusters of Cluster Autoscaler's own benchmarks and of its published surge. */
final class PeerClusters {
  private static final String GROUP = "group";
  private static final String TYPE = "machine";
  private static final String ZONE = "zone-1";

  private PeerClusters() {}

  /**
   * Ownerless pods of 50m and 95m for empty nodes of one core and 100 pods.
   *
   * <p>Source: {@code binpacking_estimator_test.go}, 50,000 and 1,000 pods.
   */
  static ClusterSnapshot twoSizes(int small, int large) {
    ClusterBuilder cluster = new ClusterBuilder();
    emptyGroup(cluster, ClusterBuilder.machine(1000, 1000, 100));
    PodSpec smallSpec = spec(50, 1);
    PodSpec largeSpec = spec(95, 1);
    for (int each = 0; each < small; each++) {
      cluster.pod(String.format("small-%06d", each), null, smallSpec, null);
    }
    for (int each = 0; each < large; each++) {
      cluster.pod(String.format("large-%06d", each), null, largeSpec, null);
    }
    return cluster.build();
  }

  /**
   * Full nodes and pods that fit nowhere.
   *
   * <p>Source: {@code filter_out_schedulable_test.go}.
   *
   * @param ownShapes whether no two pods ask for the same
   */
  static ClusterSnapshot fullNodes(int nodes, int pending, boolean ownShapes) {
    ClusterBuilder cluster = new ClusterBuilder();
    Resources machine = ClusterBuilder.machine(2000, 4096, 110);
    List<Node> full = nodes(cluster, nodes, nodes, machine);
    PodSpec filling = spec(1900, 3800);
    full.forEach(node -> cluster.pod("on-" + node.name(), "filling", filling, node));
    PodSpec common = spec(500, 512);
    for (int each = 0; each < pending; each++) {
      PodSpec own = ownShapes ? spec(500 + each % 1000, 512 + each / 1000) : common;
      cluster.pod(String.format("pending-%06d", each), "waiting", own, null);
    }
    return cluster.build();
  }

  /**
   * Equal ownerless pods, 50 to a node, for a group that is empty.
   *
   * <p>Source: {@code benchmark_runonce_test.go}, ScaleUp: 50,000 pods.
   */
  static ClusterSnapshot equalPods(int pods) {
    ClusterBuilder cluster = new ClusterBuilder();
    emptyGroup(cluster, ClusterBuilder.machine(10_000, 10_000, 110));
    PodSpec spec = spec(200, 200);
    for (int each = 0; each < pods; each++) {
      cluster.pod(String.format("pod-%06d", each), null, spec, null);
    }
    return cluster.build();
  }

  /**
   * Nodes with 40 pods of a hundredth each, so that three of five can go.
   *
   * <p>Source: {@code benchmark_runonce_test.go}, ScaleDown: 2,000 nodes.
   */
  static ClusterSnapshot drain(int nodes) {
    ClusterBuilder cluster = new ClusterBuilder();
    Resources machine = ClusterBuilder.machine(10_000, 10_000, 110);
    PodSpec spec = spec(100, 100);
    for (Node node : nodes(cluster, nodes, nodes, machine)) {
      for (int each = 0; each < 40; each++) {
        cluster.pod(node.name() + "-" + each, "app", spec, node);
      }
    }
    return cluster.build();
  }

  /**
   * Pods of which no two of one application may share a host.
   *
   * <p>Source: Cluster Autoscaler, pull request 9523: 5,000 nodes, 50,000 pods.
   */
  static ClusterSnapshot antiAffinitySurge(int nodes, int pods, int applications) {
    ClusterBuilder cluster = new ClusterBuilder();
    nodes(cluster, nodes, 100 * nodes, ClusterBuilder.machine(16_000, 65_536, 110));
    List<PodSpec> specs = new ArrayList<>();
    for (int application = 0; application < applications; application++) {
      PodPlacementRules apart =
          PlacementRules.apart(Keys.HOSTNAME, PlacementRules.label("app", "app-" + application));
      specs.add(PodSpec.of(ClusterBuilder.requests(100, 128), apart));
    }
    for (int each = 0; each < pods; each++) {
      int application = each % applications;
      cluster.pod(
          String.format("pod-%06d", each), "app-" + application, specs.get(application), null);
    }
    return cluster.build();
  }

  private static PodSpec spec(long milliCores, long mebibytes) {
    return PodSpec.of(ClusterBuilder.requests(milliCores, mebibytes), PodPlacementRules.ANYWHERE);
  }

  private static void emptyGroup(ClusterBuilder cluster, Resources machine) {
    nodes(cluster, 0, 10_000, machine);
  }

  private static List<Node> nodes(ClusterBuilder cluster, int size, int max, Resources machine) {
    return cluster.group(
        GROUP, max, size, List.of(ClusterBuilder.offering(GROUP, TYPE, ZONE, 1, machine)));
  }
}
