package dev.windlass.core.scaledown;

import static dev.windlass.core.scaledown.Outcomes.kept;
import static dev.windlass.core.scaledown.Outcomes.removed;
import static dev.windlass.core.scaledown.Outcomes.sentences;
import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Nodes.node;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.RemovalTaint;
import dev.windlass.core.testing.Cluster;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which nodes a disruption budget lets go, and how far. */
class BudgetedRemovalTest {
  private static Cluster nodes(String... names) {
    Cluster cluster =
        cluster()
            .policy(Policy.DEFAULT.withElapsed())
            .with(group("workers").size(0, 10, names.length).offers("w", 4_000, 16_384, 0, 0.2));
    for (String name : names) {
      cluster.node("workers", "w", node(name));
    }
    return cluster;
  }

  @Test
  void keepsNodeWhenDisruptionBudgetForbidsEviction() {
    Decision decision =
        nodes("n1", "n2")
            .with(pod("a").cpu(3_000).on("n1"))
            .with(pod("b").cpu(100).on("n2").labels(Map.of("app", "db")))
            .budget("db", Map.of("app", "db"), 0)
            .decide();

    assertThat(kept(decision)).containsExactly(KeptReason.UTILIZED, KeptReason.DISRUPTION_BUDGET);
  }

  @Test
  void drainsOnePodAfterTheOtherWhenABudgetDoesNotAllowAllAtOnce() {
    Decision decision =
        nodes("n1", "n2")
            .with(pod("a").cpu(3_000).on("n1"))
            .with(pod("b").cpu(100).on("n2").labels(Map.of("app", "db")))
            .with(pod("c").cpu(100).on("n2").labels(Map.of("app", "db")))
            .budget("db", Map.of("app", "db"), 1)
            .decide();

    assertThat(removed(decision)).containsExactly("n2 Underutilized");
    assertThat(kept(decision)).containsExactly(KeptReason.UTILIZED);
  }

  @Test
  void keepsTheSecondNodeWhenTheFirstTakesAllThatItsBudgetAllows() {
    Decision decision =
        nodes("n1", "n2", "n3")
            .with(pod("a").cpu(3_000).on("n1"))
            .with(pod("b").cpu(100).on("n2").labels(Map.of("app", "db")))
            .with(pod("c").cpu(100).on("n3").labels(Map.of("app", "db")))
            .budget("db", Map.of("app", "db"), 1)
            .decide();

    assertThat(removed(decision)).containsExactly("n2 Underutilized");
    assertThat(kept(decision)).containsExactly(KeptReason.UTILIZED, KeptReason.DISRUPTION_BUDGET);
  }

  @ParameterizedTest
  @CsvSource({
    "3599, 0, Hold",
    "3600, 0, Keep node n3",
    "3600, 1, Evict pod default/p",
  })
  void aBudgetThatAllowsNothingCallsALateDrainOff(long seconds, int allowed, String step) {
    Decision decision =
        nodes("n1", "n2")
            .node("workers", "w", node("n3").taint(RemovalTaint.of(NOON.minusSeconds(seconds))))
            .with(pod("a").cpu(3_000).on("n1"), pod("b").cpu(3_000).on("n2"))
            .with(pod("p").cpu(100).on("n3").labels(Map.of("app", "db")))
            .budget("db", Map.of("app", "db"), allowed)
            .decide();

    assertThat(String.join("", sentences(decision)) + "Hold").startsWith(step);
  }
}
