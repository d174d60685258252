package dev.windlass.simulations.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what was measured as a page of Markdown. */
final class BenchmarkReport {
  private static final double MIN_SHOWN = 0.5;

  private final StringBuilder page = new StringBuilder();

  private BenchmarkReport() {}

  static String write(List<Measurement> all, long seed, String heap) {
    BenchmarkReport report = new BenchmarkReport();
    report.head(seed, heap);
    List<Measurement> table = new ArrayList<>();
    List<Measurement> growth = new ArrayList<>();
    for (Measurement each : all) {
      (each.row().name().startsWith(Rows.GROWTH) ? growth : table).add(each);
    }
    report.table(table);
    List<Growth> sizes = Growth.of(all);
    if (!sizes.isEmpty()) {
      report.growth(sizes);
    }
    return report.page.toString();
  }

  private void head(long seed, String heap) {
    page.append(
        """
        # Benchmarks

        Written by `./windlass benchmark -o docs/benchmarks.md`, which measures whole decisions with JMH, from
        the decoded objects of a cluster to the plan: replicas, purchases, removals, GPUs, and a reason for
        each pod and node. `--only large` measures one row, `--seed` makes other clusters.

        - Machine: %s
        - JVM: %s %s, %s, serial collector
        - Seed: %d
        - cpu: mean processor time of the whole process, compiler and collector included.
        - A peer's figure is what its own benchmark took on two idle cores, unless it is marked as published.

        | Row | Cluster | Goal | min / median / max ms | Reached | cpu ms | Pods/s | Nodes | USD/h | Heap MiB: input, peak | Peer |
        |---|---|---|---|---|---|---|---|---|---|---|
        """
            .formatted(
                Machine.describe(),
                property("java.vm.name"),
                property("java.vm.version"),
                heap,
                seed));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private void table(List<Measurement> rows) {
    for (Measurement each : rows) {
      Row row = each.row();
      Spread millis = each.millis();
      page.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s / %s / %s | %s | %s | %s | %s | %s | %.0f, %.0f | %s |%n",
              row.name(),
              row.title(),
              goal(row.goal()),
              millis(millis.min()),
              millis(millis.median()),
              millis(millis.max()),
              reached(each),
              millis(each.beside("cpuMillis").mean()),
              count(each.beside("pods").median() * 1000 / millis.median()),
              count(each.beside("nodes").median()),
              count(each.beside("usdPerHour").median()),
              each.beside("inputMebibytes").median(),
              each.beside("peakMebibytes").max(),
              row.peer()));
    }
  }

  private static String goal(Row.Goal goal) {
    List<String> parts = new ArrayList<>();
    if (Double.isFinite(goal.millis())) {
      parts.add(millis(goal.millis()) + " ms");
    }
    if (Double.isFinite(goal.nodes())) {
      parts.add(count(goal.nodes()) + " nodes");
    }
    if (Double.isFinite(goal.usdPerHour())) {
      parts.add(count(goal.usdPerHour()) + " USD/h");
    }
    return String.join(", ", parts);
  }

  private static String reached(Measurement each) {
    Row.Goal goal = each.row().goal();
    if (goal.equals(Row.Goal.NONE)) {
      return "";
    }
    List<String> missed = new ArrayList<>();
    if (each.millis().median() > goal.millis()) {
      missed.add("time");
    }
    if (each.beside("nodes").median() > goal.nodes()) {
      missed.add("nodes");
    }
    if (each.beside("usdPerHour").median() > goal.usdPerHour()) {
      missed.add("price");
    }
    return missed.isEmpty() ? "yes" : "not: " + String.join(", ", missed);
  }

  private void growth(List<Growth> sizes) {
    page.append(
        """

        ## How the time grows

        One size changes at a time, around the cluster of the row `large`. An exponent of 1 is linear.

        | Size | Median ms at each value | Exponent |
        |---|---|---|
        """);
    for (Growth each : sizes) {
      page.append(
          String.format(
              Locale.ROOT, "| %s | %s | %.2f |%n", each.size(), each.points(), each.exponent()));
    }
    page.append("\nThe dominating term: ").append(Growth.dominating(sizes).size()).append(".\n");
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%,.0f", millis);
  }

  private static String count(double count) {
    return Math.abs(count) < MIN_SHOWN ? "0" : String.format(Locale.ROOT, "%,.0f", count);
  }
}
