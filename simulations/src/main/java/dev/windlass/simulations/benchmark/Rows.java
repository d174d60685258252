package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.simulations.benchmark.Row.Effort;
import dev.windlass.simulations.benchmark.Row.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Every row, in the order of the report. Peers' figures: two idle cores, if nothing else is said.
 */
final class Rows {
  static final String GROWTH = "growth-";
  static final String LARGE_NAME = "large";
  static final String COLD = "cold";
  static final String UNCHANGED = "unchanged";

  /** No bound on how many nodes one decision may order or remove: the whole work is measured. */
  private static final Policy UNBOUNDED =
      new Policy(
          new Policy.ScaleUp(
              100_000,
              Policy.ScaleUp.DEFAULT.expendableBelow(),
              Policy.ScaleUp.DEFAULT.schedulerNames(),
              Policy.ScaleUp.DEFAULT.defaultSpread(),
              Policy.ScaleUp.DEFAULT.backoffInitial(),
              Policy.ScaleUp.DEFAULT.backoffMax()),
          new Policy.ScaleDown(
              true,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Policy.ScaleDown.DEFAULT.drainTimeout(),
              Policy.ScaleDown.DEFAULT.utilizationThreshold(),
              new Policy.ScaleDown.Limits(100_000, 100_000, 100_000)),
          Policy.Replicas.DEFAULT,
          Policy.GpuBootstrap.DEFAULT,
          Policy.Staleness.DEFAULT,
          false);

  private static final LargeCluster LARGE = new LargeCluster(15_000, 100_000, 200, 2_000, 2);

  static final List<Row> ALL = all();

  private Rows() {}

  static Optional<Row> named(String name) {
    return ALL.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  private static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    mix(rows, 1_000, 1_310, 341);
    mix(rows, 5_000, 7_600, 1_749);
    mix(rows, 10_000, 16_700, 3_537);
    mix(rows, 20_000, 40_000, 7_178);
    clusterAutoscaler(rows);
    for (int applications : List.of(1, 10, 1_000, 5_000)) {
      rows.add(
          row(
              "anti-affinity-" + applications,
              "hostname anti-affinity, 50,000 pods of "
                  + applications
                  + " applications, 5,000 nodes",
              "9.4 to 164 s (published)",
              Goal.millis(300),
              Effort.MEDIUM,
              _ -> PeerClusters.antiAffinitySurge(5_000, 50_000, applications)));
    }
    rows.add(
        row(
            "scalers",
            "10,000 ReplicaScalers on cpu and a queue, 50,000 pods, 1,000 nodes",
            "",
            Goal.millis(100),
            Effort.MEDIUM,
            seed -> ScalerFleet.of(10_000, seed)));
    large(rows);
    growth(rows);
    rows.add(
        row(
            COLD,
            "Karpenter's mix, 1,000 pods: first decision of a JVM",
            "",
            Goal.NONE,
            Effort.COLD,
            seed -> KarpenterMix.of(1_000, seed)));
    return List.copyOf(rows);
  }

  /** No more nodes than Karpenter, at most 0.7 of its price, 100,000 pods a second. */
  private static void mix(List<Row> rows, int pods, int peerMillis, int peerUsdPerHour) {
    rows.add(
        row(
            "mix-" + pods,
            String.format("Karpenter's mix, %,d pods", pods),
            String.format(
                "%.1f s, %,d nodes, %,d USD/h", peerMillis / 1e3, pods / 5, peerUsdPerHour),
            new Goal(pods / 100.0, pods / 5.0, 0.7 * peerUsdPerHour),
            Effort.MEDIUM,
            seed -> KarpenterMix.of(pods, seed)));
  }

  private static void clusterAutoscaler(List<Row> rows) {
    rows.add(
        row(
            "two-sizes",
            "50,000 pods of 50m and 1,000 of 95m, nodes of 1000m",
            "2.29 s, 2,595 nodes",
            new Goal(20, 2_595, Double.POSITIVE_INFINITY),
            Effort.SMALL,
            _ -> PeerClusters.twoSizes(50_000, 1_000)));
    filter(rows, 200, 60_000, "3.85 s");
    filter(rows, 1_000, 12_000, "3.45 s");
    rows.add(
        row(
            "equal-pods",
            "50,000 equal pods for 1,000 nodes",
            "374 ms",
            new Goal(10, 1_000, Double.POSITIVE_INFINITY),
            Effort.SMALL,
            _ -> PeerClusters.equalPods(50_000)));
    rows.add(
        row(
            "drain",
            "2,000 nodes with 40 pods each: which 1,200 can go",
            "526 ms",
            Goal.millis(50),
            Effort.SMALL,
            _ -> PeerClusters.drain(2_000)));
  }

  private static void filter(List<Row> rows, int nodes, int pending, String peer) {
    for (boolean ownShapes : List.of(false, true)) {
      rows.add(
          row(
              "filter-" + nodes + (ownShapes ? "-own-shapes" : ""),
              String.format(
                  "%,d full nodes, %,d pending pods%s",
                  nodes, pending, ownShapes ? ", each of its own shape" : ""),
              ownShapes ? "" : peer,
              Goal.millis(ownShapes ? 100 : 10),
              Effort.SMALL,
              _ -> PeerClusters.fullNodes(nodes, pending, ownShapes)));
    }
  }

  private static void large(List<Row> rows) {
    String size = "15,000 nodes, 450,000 running, 100,000 pending";
    rows.add(large(LARGE_NAME, size + ", 2,000 shapes, 200 groups", Goal.millis(500), LARGE));
    rows.add(
        large(
            "large-own-shapes",
            size + ", each of its own shape",
            Goal.millis(1_500),
            new LargeCluster(15_000, 100_000, 200, 100_000, 0)));
    rows.add(
        large(
            "large-own-selectors",
            size + ", 70,000 with a selector of their own",
            Goal.millis(4_000),
            new LargeCluster(15_000, 100_000, 200, 100_000, 7)));
    rows.add(
        row(
            UNCHANGED,
            "15,000 nodes, 450,000 running pods, nothing new but heartbeats of 1 % of the nodes",
            "",
            Goal.millis(20),
            Effort.SMALL,
            new LargeCluster(15_000, 0, 200, 1, 0)::build));
  }

  /** One size changes at a time, around the cluster of the row {@code large}. */
  private static void growth(List<Row> rows) {
    for (int pending : List.of(50_000, 200_000)) {
      growth(rows, "pending", pending, new LargeCluster(15_000, pending, 200, 2_000, 2));
    }
    for (int nodes : List.of(5_000, 30_000)) {
      growth(rows, "nodes", nodes, new LargeCluster(nodes, 100_000, 200, 2_000, 2));
    }
    for (int groups : List.of(50, 600)) {
      growth(rows, "groups", groups, new LargeCluster(15_000, 100_000, groups, 2_000, 2));
    }
    for (int shapes : List.of(500, 8_000)) {
      growth(rows, "shapes", shapes, new LargeCluster(15_000, 100_000, 200, shapes, 2));
    }
  }

  private static void growth(List<Row> rows, String size, int value, LargeCluster cluster) {
    rows.add(
        large(
            GROWTH + size + "-" + value, String.format("%s %,d", size, value), Goal.NONE, cluster));
  }

  private static Row large(String name, String title, Goal goal, LargeCluster cluster) {
    return row(name, title, "", goal, Effort.LARGE, cluster::build);
  }

  private static Row row(
      String name,
      String title,
      String peer,
      Goal goal,
      Effort effort,
      LongFunction<ClusterSnapshot> cluster) {
    boolean unchanged = name.equals(UNCHANGED);
    return new Row(name, title, peer, goal, effort, unchanged, UNBOUNDED, cluster);
  }
}
