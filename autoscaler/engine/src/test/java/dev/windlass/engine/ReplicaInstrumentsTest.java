package dev.windlass.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaDecision.Condition;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaInstrumentsTest {
  private static final ObjectKey WEB = new ObjectKey("shop", "web");
  private static final String PREFIX = "horizontal.pod.autoscaler.controller.";

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final ReplicaInstruments instruments = new ReplicaInstruments(registry);

  private static ReplicaDecision decision(
      int current, int desired, Condition condition, MetricProposal... metrics) {
    return new ReplicaDecision(
        WEB,
        new TargetRef("apps/v1", "Deployment", WEB),
        new ReplicaDecision.Size(current, desired),
        List.of(metrics),
        new ReplicaDecision.Verdict(null, "", List.of(condition)),
        ScalerHistory.EMPTY);
  }

  private static MetricProposal metric(String type, @Nullable Integer proposal, String error) {
    return new MetricProposal(type, "m", null, "1", proposal, error.isEmpty() ? null : error);
  }

  @ParameterizedTest(name = "{0} to {1}, {2}={3} {4}")
  @CsvSource({
    "2, 5, ScalingActive, true,  ValidMetricFound,        scale_up,   none",
    "5, 2, ScalingActive, true,  ValidMetricFound,        scale_down, none",
    "2, 2, ScalingActive, true,  ValidMetricFound,        none,       none",
    "2, 2, ScalingActive, false, FailedGetResourceMetric, none,       internal",
    "2, 2, AbleToScale,   false, FailedGetScale,          none,       internal",
    "2, 2, ScalingActive, false, InvalidSelector,         none,       spec",
    "2, 2, ScalingActive, false, AmbiguousSelector,       none,       spec",
    "2, 2, ScalingActive, false, Paused,                  none,       none",
    "0, 0, ScalingActive, false, ScalingDisabled,         none,       none",
    "2, 2, ScalingLimited, false, DesiredWithinRange,     none,       none",
  })
  void decisionsCountByActionAndKindOfError(
      int current,
      int desired,
      String type,
      boolean status,
      String reason,
      String action,
      String error) {
    instruments.ticked(
        List.of(decision(current, desired, new Condition(type, status, reason, ""))));

    assertThat(registry.get(PREFIX + "reconciliations").counters())
        .singleElement()
        .satisfies(counter -> {
          assertThat(counter.getId().getTag("action")).isEqualTo(action);
          assertThat(counter.getId().getTag("error")).isEqualTo(error);
        });
  }

  @Test
  void metricsCountByTypeToo() {
    Condition found = new Condition("ScalingActive", true, "ValidMetricFound", "");
    ReplicaDecision decision =
        decision(
            3,
            4,
            found,
            metric("Resource", 4, ""),
            metric("External", 2, ""),
            metric("Prometheus", null, "FailedGetPrometheusMetric: no answer"),
            metric("Pods", null, "InvalidMetricSourceType: no average"));

    instruments.ticked(List.of(decision, decision));

    assertThat(registry.get(PREFIX + "metric.computation").counters())
        .extracting(ReplicaInstrumentsTest::labels)
        .containsExactlyInAnyOrder(
            "Resource scale_up none 2.0",
            "External scale_down none 2.0",
            "Prometheus none internal 2.0",
            "Pods none spec 2.0");
  }

  private static String labels(Counter counter) {
    return counter.getId().getTag("metric_type")
        + " "
        + counter.getId().getTag("action")
        + " "
        + counter.getId().getTag("error")
        + " "
        + counter.count();
  }
}
