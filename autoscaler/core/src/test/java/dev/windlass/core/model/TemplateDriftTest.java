package dev.windlass.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F43: what is said when a group's first real node is not as its template describes it. */
class TemplateDriftTest {
  private static final long GIB = 1L << 30;
  private static final Taint DEDICATED = new Taint("dedicated", "etl", Taint.Effect.NO_SCHEDULE);

  @ParameterizedTest
  @CsvSource({
    "cpu, 4000, 3920, ''",
    "cpu, 4000, 3700, cpu is described as 4000m and observed as 3700m",
    "memory, 17179869184, 16500000000, ''",
    "memory, 17179869184, 15032385536, memory is described as 16384 MiB and observed as 14336 MiB",
    "memory, 15032385536, 17179869184, memory is described as 14336 MiB and observed as 16384 MiB",
    "pods, 110, 58, pods is described as 110 and observed as 58",
    "nvidia.com/gpu, 8, 4, nvidia.com/gpu is described as 8 and observed as 4",
    "nvidia.com/gpu, 8, 0, ''"
  })
  void comparesAmounts(String name, long described, long observed, String drift) {
    assertThat(
            drift(
                node(Map.of(), List.of(), Map.of(name, described)),
                node(Map.of(), List.of(), Map.of(name, observed))))
        .isEqualTo(drift);
  }

  @Test
  void saysNothingOfWhatWasNotDescribed() {
    assertThat(
            drift(
                node(Map.of(), List.of(), Map.of()),
                node(Map.of("rack", "7"), List.of(), Map.of("ephemeral-storage", 90 * GIB))))
        .isEmpty();
  }

  @Test
  void namesALabelThatDiffersAndOneThatIsMissing() {
    NodeTemplate described = node(Map.of("team", "etl", "tier", "gold"), List.of(), Map.of());
    NodeTemplate observed = node(Map.of("team", "web"), List.of(), Map.of());

    assertThat(TemplateDrift.between(described, observed))
        .containsExactly(
            new TemplateDrift("label team", "etl", "web"),
            new TemplateDrift("label tier", "gold", "none"));
  }

  @Test
  void leavesOutTheLabelsThatOnlyWindlassUses() {
    Map<String, String> own = new HashMap<>();
    own.put(Keys.NODE_GROUP, "g");
    own.put(Keys.CAPACITY_TYPE, "spot");

    assertThat(drift(node(own, List.of(), Map.of()), node(Map.of(), List.of(), Map.of())))
        .isEmpty();
  }

  @Test
  void namesATaintThatIsMissingAndOneThatNobodyDescribed() {
    NodeTemplate plain = node(Map.of(), List.of(), Map.of());
    NodeTemplate tainted = node(Map.of(), List.of(DEDICATED), Map.of());

    assertThat(drift(tainted, plain))
        .isEqualTo("taint dedicated is described as etl:NO_SCHEDULE and observed as none");
    assertThat(drift(plain, tainted))
        .isEqualTo("taint dedicated is described as none and observed as etl:NO_SCHEDULE");
    assertThat(drift(tainted, tainted)).isEmpty();
  }

  private static String drift(NodeTemplate described, NodeTemplate observed) {
    return String.join(
        "; ",
        TemplateDrift.between(described, observed).stream().map(TemplateDrift::toString).toList());
  }

  private static NodeTemplate node(
      Map<String, String> labels, List<Taint> taints, Map<String, Long> amounts) {
    return new NodeTemplate(labels, taints, List.of(), Resources.of(amounts));
  }
}
