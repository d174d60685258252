package dev.windlass.daemon.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decider;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.decode.AdmissionDefaults;
import dev.windlass.daemon.decode.Interner;
import dev.windlass.daemon.decode.PodDecoder;
import dev.windlass.daemon.plan.Explanation.Subject;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why a pod waits that no node group was asked about. */
class PodExplanationTest {
  private static Explanation explain(PodSpec spec) {
    Pod pod =
        new PodDecoder(new Interner(), AdmissionDefaults.NONE)
            .decodeOrStandIn(
                new PodBuilder()
                    .withNewMetadata()
                    .withName("p")
                    .withNamespace("ml")
                    .endMetadata()
                    .withSpec(spec)
                    .build());
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            ClusterSnapshot.Workloads.NONE.withPods(List.of(pod)),
            ClusterSnapshot.Capacity.NONE,
            ClusterSnapshot.Scaling.NONE,
            ClusterSnapshot.Gpu.NONE,
            Map.of());
    return Explainer.explain(
        Subject.parse("pod", "ml/p").orElseThrow(),
        snapshot,
        Decider.decide(snapshot, AutoscalerState.EMPTY, Policy.DEFAULT, Decisions.AT));
  }

  @Test
  void aPodOfAnotherSchedulerWaitsForThat() {
    Explanation explanation = explain(new PodSpecBuilder().withSchedulerName("volcano").build());

    assertThat(explanation.code()).isEqualTo("OtherScheduler");
    assertThat(explanation.title()).contains("volcano");
  }

  @Test
  void aGatedPodWaitsForItsGates() {
    Explanation explanation =
        explain(
            new PodSpecBuilder()
                .addNewSchedulingGate()
                .withName("quota")
                .endSchedulingGate()
                .build());

    assertThat(explanation.code()).isEqualTo("SchedulingGated");
  }

  @Test
  void aPodThatKubernetesWouldRefuseNamesTheField() {
    Explanation explanation =
        explain(
            new PodSpecBuilder().addNewToleration().withOperator("Like").endToleration().build());

    assertThat(explanation.code()).isEqualTo("InvalidSpec");
    assertThat(explanation.evidence().rows().toString()).contains("spec.tolerations[0].operator");
  }
}
