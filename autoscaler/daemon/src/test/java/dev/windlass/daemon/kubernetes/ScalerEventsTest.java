package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaDecision.Condition;
import dev.windlass.core.replicas.ReplicaDecision.MetricProposal;
import dev.windlass.engine.ActionOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reasons and words as the HorizontalPodAutoscaler's controller has them. */
class ScalerEventsTest {
  private static final ObjectKey WEB = new ObjectKey("shop", "web");
  private static final TargetRef TARGET = new TargetRef("apps/v1", "Deployment", WEB);
  private static final Action SCALE =
      new Action.ScaleWorkload(WEB, TARGET, new Identity("u", "1"), 2, 5, "cpu above target");

  @Test
  void rescaleIsNormalAndSaysSizeAndReason() {
    ClusterEvent event = ClusterEvent.of(new ActionOutcome.Applied(SCALE));

    assertThat(event.warning()).isFalse();
    assertThat(event.reason()).isEqualTo("SuccessfulRescale");
    assertThat(event.message()).isEqualTo("New size: 5; reason: cpu above target");
    assertThat(event.regarding().kind()).isEqualTo("ReplicaScaler");
  }

  @Test
  void rescaleThatDidNotHappenIsAWarning() {
    CloudFailure failure = new CloudFailure(CloudFailure.Cause.TRANSIENT, "no answer");

    assertThat(
            List.of(
                ClusterEvent.of(new ActionOutcome.Refused(SCALE, "it is gone")),
                ClusterEvent.of(new ActionOutcome.Failed(SCALE, failure))))
        .allSatisfy(event -> {
          assertThat(event.warning()).isTrue();
          assertThat(event.reason()).isEqualTo("FailedRescale");
          assertThat(event.message()).startsWith("New size: 5; reason: cpu above target; error: ");
        });
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "AbleToScale,    false, FailedGetScale,          true",
    "ScalingActive,  false, InvalidSelector,         true",
    "ScalingActive,  false, AmbiguousSelector,       true",
    "ScalingActive,  false, FailedGetResourceMetric, true",
    "ScalingActive,  false, Paused,                  false",
    "ScalingActive,  false, ScalingDisabled,         false",
    "ScalingActive,  true,  ValidMetricFound,        false",
    "AbleToScale,    true,  ReadyForNewScale,        false",
    "ScalingLimited, false, DesiredWithinRange,      false",
  })
  void conditionThatKeepsItFromDecidingIsAWarningOfTheSameReason(
      String type, boolean status, String reason, boolean told) {
    List<ClusterEvent> events =
        ScalerEvents.problems(decision(new Condition(type, status, reason, "because")), "uid");

    assertThat(events).hasSize(told ? 1 : 0);
    assertThat(events)
        .allSatisfy(event -> {
          assertThat(event.warning()).isTrue();
          assertThat(event.reason()).isEqualTo(reason);
          assertThat(event.message()).isEqualTo("because");
          assertThat(event.regarding().uid()).isEqualTo("uid");
        });
  }

  @Test
  void failedMetricsAreToldTwiceAsHabitHasIt() {
    MetricProposal failed =
        new MetricProposal("Resource", "cpu", null, "50%", null, "FailedGetResourceMetric: none");
    Condition condition =
        new Condition("ScalingActive", false, "FailedGetResourceMetric", "1 of 1 metrics failed");

    assertThat(ScalerEvents.problems(decision(condition, failed), ""))
        .extracting(ClusterEvent::reason)
        .containsExactly("FailedGetResourceMetric", "FailedComputeMetricsReplicas");
  }

  private static ReplicaDecision decision(Condition condition, MetricProposal... metrics) {
    return new ReplicaDecision(
        WEB,
        TARGET,
        new ReplicaDecision.Size(2, 2),
        List.of(metrics),
        new ReplicaDecision.Verdict(null, "", List.of(condition)),
        ScalerHistory.EMPTY);
  }
}
