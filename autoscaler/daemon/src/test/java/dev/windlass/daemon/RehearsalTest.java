package dev.windlass.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.NodeGroupName;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  @Test
  void growsWorkloadsAndBuysNodesOfBothGroups() {
    Decision decision = Rehearsal.run();

    assertThat(decision.plans().replicas().actions()).hasSize(4);
    assertThat(decision.plans().scaleUp().increases())
        .extracting(increase -> increase.nodeGroup())
        .containsExactlyInAnyOrder(new NodeGroupName("general"), new NodeGroupName("gpu"));
    assertThat(decision.plans().scaleUp().unhelped()).isEmpty();
  }
}
