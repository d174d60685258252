package dev.windlass.simulations.replay;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints a report as JSON for programs and as a table for people. */
final class ReportWriter {
  private ReportWriter() {}

  /** One JSON object; amounts are rounded, so that they are the same on every machine. */
  static String json(ReplayReport report, @Nullable LowerBound bound) {
    JsonMapper mapper = JsonMapper.builder().build();
    ObjectNode root = mapper.createObjectNode();
    ObjectNode pods = root.putObject("pods");
    pods.put("total", report.pods().total());
    pods.put("ran", report.pods().ran());
    pods.put("evictions", report.pods().evictions());
    ObjectNode never = pods.putObject("neverRan");
    report.pods().neverRan().forEach(never::put);
    ObjectNode cost = root.putObject("cost");
    cost.put("firstPlanUsdPerHour", rounded(report.cost().firstPlanUsdPerHour(), 2));
    if (bound != null) {
      cost.put("lowerBoundUsdPerHour", bound.usdPerHour());
      cost.put("overLowerBound", rounded(ratio(report, bound), 4));
    }
    cost.put("totalUsd", rounded(report.cost().totalUsd(), 2));
    cost.put("mostNodes", report.cost().mostNodes());
    ObjectNode hours = cost.putObject("nodeHours");
    report.cost().nodeHours().forEach((type, each) -> hours.put(type, rounded(each, 3)));
    ObjectNode waits = root.putObject("pendingToRunningSeconds");
    waits.put("p50", rounded(report.pendingToRunningSeconds().p50(), 1));
    waits.put("p95", rounded(report.pendingToRunningSeconds().p95(), 1));
    waits.put("p99", rounded(report.pendingToRunningSeconds().p99(), 1));
    ObjectNode utilization = root.putObject("utilization");
    utilization.put("cpu", rounded(report.utilization().cpu(), 4));
    utilization.put("gpu", rounded(report.utilization().gpu(), 4));
    root.put("seed", report.seed());
    root.put("virtualSeconds", report.virtualSeconds());
    ObjectNode timing = root.putObject("timing");
    timing.put("decisions", report.timing().decisions());
    timing.put("decisionsPerSecond", rounded(report.timing().decisionsPerSecond(), 1));
    timing.put("wallSeconds", rounded(report.timing().wallSeconds(), 3));
    timing.put("decideSeconds", rounded(report.timing().decideSeconds(), 3));
    timing.put("slowestDecisionSeconds", rounded(report.timing().slowestDecisionSeconds(), 3));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  /** The same in lines of name and value. */
  static String table(ReplayReport report, @Nullable LowerBound bound) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "pods run",
        String.format(Locale.ROOT, "%d of %d", report.pods().ran(), report.pods().total()));
    line(text, "evictions", String.format(Locale.ROOT, "%d", report.pods().evictions()));
    report
        .pods()
        .neverRan()
        .forEach(
            (pod, why) -> line(text, "never ran", String.format(Locale.ROOT, "%s: %s", pod, why)));
    line(
        text,
        "first plan",
        String.format(Locale.ROOT, "%.2f USD an hour", report.cost().firstPlanUsdPerHour()));
    if (bound != null) {
      line(
          text,
          "lower bound",
          String.format(
              Locale.ROOT,
              "%.2f USD an hour (%s); the plan is %.3f times that",
              bound.usdPerHour(),
              bound.method(),
              ratio(report, bound)));
    }
    line(text, "cost", String.format(Locale.ROOT, "%.2f USD", report.cost().totalUsd()));
    line(text, "most nodes", String.format(Locale.ROOT, "%d", report.cost().mostNodes()));
    for (Map.Entry<String, Double> each : report.cost().nodeHours().entrySet()) {
      line(
          text,
          "node-hours",
          String.format(Locale.ROOT, "%-20s %.1f", each.getKey(), each.getValue()));
    }
    ReplayReport.Waits waits = report.pendingToRunningSeconds();
    line(
        text,
        "pending to running",
        String.format(
            Locale.ROOT,
            "p50 %.1f s, p95 %.1f s, p99 %.1f s",
            waits.p50(),
            waits.p95(),
            waits.p99()));
    line(
        text,
        "cpu utilization",
        String.format(Locale.ROOT, "%.1f %%", report.utilization().cpu() * 100));
    line(
        text,
        "gpu utilization",
        String.format(Locale.ROOT, "%.1f %%", report.utilization().gpu() * 100));
    line(
        text,
        "virtual time",
        String.format(
            Locale.ROOT, "%.1f h, seed %d", report.virtualSeconds() / 3600.0, report.seed()));
    ReplayReport.Timing timing = report.timing();
    line(
        text,
        "timing",
        String.format(
            Locale.ROOT,
            "%d decisions, %.0f a second, slowest %.3f s; %.1f s in all",
            timing.decisions(),
            timing.decisionsPerSecond(),
            timing.slowestDecisionSeconds(),
            timing.wallSeconds()));
    return text.toString();
  }

  private static double ratio(ReplayReport report, LowerBound bound) {
    return report.cost().firstPlanUsdPerHour() / bound.usdPerHour();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-20s %s", name, value)).append(System.lineSeparator());
  }

  private static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
