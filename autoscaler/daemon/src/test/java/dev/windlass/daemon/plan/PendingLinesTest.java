package dev.windlass.daemon.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.replicas.ReplicaPlan;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.daemon.plan.Explanation.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many pods wait and however many groups refuse them, what is told stays short. */
class PendingLinesTest {
  private static final int PODS = 10_000;
  private static final int GROUPS = 200;

  private static ScaleUpPlan plan() {
    List<Unhelped.Reason> reasons = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      boolean small = group % 2 == 0;
      reasons.add(
          new Unhelped.Reason(
              new NodeGroupName("group-%03d".formatted(group)),
              small ? UnhelpedRule.TOO_LARGE : UnhelpedRule.TAINT,
              small
                  ? "the pod needs 8 nvidia.com/gpu, there is 4 nvidia.com/gpu"
                  : "the pod does not tolerate the taint team=x"));
    }
    List<Unhelped> unhelped = new ArrayList<>();
    for (int pod = 0; pod < PODS; pod++) {
      unhelped.add(new Unhelped(new ObjectKey("ml", "p-%05d".formatted(pod)), reasons));
    }
    return new ScaleUpPlan(List.of(), List.of(), unhelped, List.of());
  }

  private static Decision decision() {
    return new Decision(
        Decisions.AT,
        new Decision.Plans(ReplicaPlan.NOTHING, plan(), ScaleDownPlan.NOTHING, GpuPlan.NOTHING),
        List.of(),
        List.of(),
        AutoscalerState.EMPTY);
  }

  @Test
  void tenThousandEqualPodsAreOneLineForEachAnswer() {
    String table = PlanTable.render(PlanDocument.of(Decisions.EMPTY, decision(), Unread.NOTHING));

    assertThat(table.lines().filter(line -> line.contains("nvidia.com/gpu")))
        .singleElement()
        .satisfies(line ->
            assertThat(line)
                .startsWith("10000  ml/p-00000")
                .contains("group-000, group-002")
                .endsWith("the pod needs 8 nvidia.com/gpu, there is 4 nvidia.com/gpu"));
    assertThat(table.lines().filter(line -> line.contains("ml/"))).hasSize(2);
  }

  @Test
  void onePodIsExplainedWithEveryGroupAndTheNumberOfItsLikes() {
    Explanation explanation =
        Explainer.explain(
            Subject.parse("pod", "ml/p-00777").orElseThrow(), Decisions.EMPTY, decision());

    assertThat(explanation.evidence().rows()).hasSize(2);
    assertThat(explanation.evidence().rows().toString())
        .contains("group-000")
        .contains("group-199");
    assertThat(explanation.facts())
        .contains(new Explanation.Fact("Pods with the same answers", "10000"));
  }
}
