package dev.windlass.daemon.plan;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Price;
import dev.windlass.core.model.Purchase;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.model.Variant;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.RemovalReason;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.core.scaleup.PodPlacement;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One decision by hand that has something in every section. */
final class Decisions {
  static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");
  static final ClusterSnapshot EMPTY =
      new ClusterSnapshot(
          ClusterSnapshot.Workloads.NONE,
          ClusterSnapshot.Capacity.NONE,
          ClusterSnapshot.Scaling.NONE,
          ClusterSnapshot.Gpu.NONE,
          Map.of());

  private static final NodeGroupName WEB = new NodeGroupName("web");

  private Decisions() {}

  static Decision full() {
    return new Decision(
        AT,
        new Decision.Plans(replicas(), scaleUp(), scaleDown(), gpu()),
        List.of(),
        List.of(new Decision.Deferred("scale-up", "2 pods wait")),
        AutoscalerState.EMPTY);
  }

  static ObjectKey pod(String name) {
    return new ObjectKey("shop", name);
  }

  private static ReplicaPlan replicas() {
    return new ReplicaPlan(
        List.of(
            new ReplicaDecision(
                pod("web"),
                new TargetRef("apps/v1", "Deployment", pod("web")),
                new ReplicaDecision.Size(2, 4),
                List.of(
                    new ReplicaDecision.MetricProposal("Resource", "cpu", "90%", "50%", 5, null),
                    new ReplicaDecision.MetricProposal(
                        "External", "queue", null, "10", null, "FailedGetExternalMetric: gone")),
                new ReplicaDecision.Verdict(
                    "ScaleUpLimit",
                    "cpu above target",
                    List.of(
                        new ReplicaDecision.Condition(
                            "ScalingActive", false, "FailedGetExternalMetric", "gone"))),
                ScalerHistory.EMPTY)));
  }

  private static ScaleUpPlan scaleUp() {
    return new ScaleUpPlan(
        List.of(
            new GroupIncrease(
                WEB,
                1,
                3,
                Map.of(
                    new Variant("m5.large", "b", Purchase.SPOT), 1,
                    new Variant("m5.large", "a", Purchase.ON_DEMAND), 1),
                List.of(pod("web-9"), pod("web-3")),
                Price.ofUsdPerHour(0.13),
                "2 pods need room")),
        List.of(
            new PodPlacement.OnNewNode(pod("web-9"), WEB, 2),
            new PodPlacement.OnNewNode(pod("web-3"), WEB, 1),
            new PodPlacement.OnNode(pod("api"), new NodeName("node-1"))),
        List.of(
            new Unhelped(
                pod("broken"),
                List.of(new Unhelped.Reason(null, UnhelpedRule.INVALID_SPEC, "cpu is 'much'"))),
            new Unhelped(
                pod("huge"),
                List.of(
                    new Unhelped.Reason(WEB, UnhelpedRule.TOO_LARGE, "needs 9, there is 4"),
                    new Unhelped.Reason(null, UnhelpedRule.GANG, "3 of 4 fit")))),
        List.of());
  }

  private static ScaleDownPlan scaleDown() {
    return new ScaleDownPlan(
        List.of(
            new ScaleDownPlan.Removal(
                new NodeName("node-3"),
                WEB,
                RemovalReason.UNDERUTILIZED,
                List.of(new ScaleDownPlan.Move(pod("moved"), new NodeName("node-1"))),
                Price.ofUsdPerHour(0.065))),
        List.of(
            new ScaleDownPlan.Kept(
                new NodeName("node-2"),
                WEB,
                KeptReason.DISRUPTION_BUDGET,
                pod("guarded"),
                "0 disruptions allowed",
                null),
            new ScaleDownPlan.Kept(
                new NodeName("node-1"),
                WEB,
                KeptReason.UNNEEDED_TIMER,
                null,
                "unneeded for 2 minutes",
                AT.plusSeconds(480))),
        Map.of(),
        List.of());
  }

  private static GpuPlan gpu() {
    return new GpuPlan(
        List.of(
            new GpuPlan.Machine(
                "gpu-2",
                null,
                new NodeGroupName("gpu"),
                new GpuStackName("standard"),
                new GpuPlan.Progress(
                    GpuPhase.FAILED,
                    Map.of(GpuPhase.DRIVER, AT.minusSeconds(900), GpuPhase.FAILED, AT),
                    null,
                    new GpuFailure(GpuPhase.DRIVER, "DriverTimedOut", "not loaded in 900 s")),
                "Replace it"),
            new GpuPlan.Machine(
                "gpu-1",
                null,
                new NodeGroupName("gpu"),
                new GpuStackName("standard"),
                new GpuPlan.Progress(
                    GpuPhase.DRIVER, Map.of(GpuPhase.DRIVER, AT), AT.plusSeconds(900), null),
                null)),
        List.of(),
        Map.of());
  }
}
