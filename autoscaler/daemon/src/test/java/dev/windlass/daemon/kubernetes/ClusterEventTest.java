package dev.windlass.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterEventTest {
  private static Unhelped.Reason reason(int group, String message) {
    return new Unhelped.Reason(new NodeGroupName("g" + group), UnhelpedRule.TOO_LARGE, message);
  }

  private static String message(List<Unhelped.Reason> reasons) {
    return ClusterEvent.of(new Unhelped(new ObjectKey("ml", "p"), reasons), new Identity("u", "1"))
        .message();
  }

  @Test
  void namesTheGroupsOfEachAnswerOnce() {
    List<Unhelped.Reason> reasons = new ArrayList<>();
    for (int group = 0; group < 200; group++) {
      reasons.add(reason(group, "the pod needs 8 nvidia.com/gpu, there is 4 nvidia.com/gpu"));
    }
    reasons.add(reason(200, "the group is paused"));

    assertThat(message(reasons))
        .isEqualTo(
            "g0, g1, g2 and 197 more: the pod needs 8 nvidia.com/gpu, there is 4 nvidia.com/gpu; "
                + "g200: the group is paused");
  }

  @Test
  void anAnswerOfNoGroupStandsAlone() {
    assertThat(
            message(
                List.of(
                    new Unhelped.Reason(
                        null, UnhelpedRule.INVALID_SPEC, "spec.x is 'y', expected z"))))
        .isEqualTo("spec.x is 'y', expected z");
  }

  @Test
  void staysWithinWhatTheApiServerTakes() {
    List<Unhelped.Reason> reasons = new ArrayList<>();
    for (int group = 0; group < 200; group++) {
      reasons.add(reason(group, "x".repeat(400) + group));
    }

    assertThat(message(reasons)).hasSize(1_024);
  }
}
