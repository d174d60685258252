package dev.windlass.simulations.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.scheduling.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Windlass against kube-scheduler 1.36.1's own filters, on recorded random cases. How they were
 * recorded: {@code simulations/control-plane/scheduler-verdicts/README.md}.
 */
class SchedulerVerdictsTest {
  private static final String ACCEPTED = "accepted";
  private static final int LEAST_PER_RULE = 100;
  private static final List<String> PLUGINS =
      List.of(
          "InterPodAffinity",
          "NodeAffinity",
          "NodePorts",
          "NodeResourcesFit",
          "NodeUnschedulable",
          "PodTopologySpread",
          "TaintToleration");

  private static final Map<String, Tally> TALLIES = new TreeMap<>();
  private static final List<String> DISAGREEMENTS = new ArrayList<>();
  private static final List<String> CONTRADICTIONS = new ArrayList<>();
  private static int cases;

  /** Pairs of pod and node that kube-scheduler decided in one way. */
  private static final class Tally {
    private int pairs;
    private int agreed;
  }

  @BeforeAll
  static void compare() throws IOException {
    WindlassVerdicts windlass = new WindlassVerdicts();
    RecordedCase.forEach(
        "/oracle/scheduler-verdicts.jsonl.gz",
        recorded -> {
          cases++;
          Map<String, WindlassVerdicts.Verdict> ours = windlass.of(recorded);
          recorded.verdicts().forEach((node, plugin) -> note(recorded.seed(), node, plugin, ours));
        });
    TALLIES.forEach((rule, tally) ->
        System.out.println(
            "kube-scheduler "
                + rule
                + ": Windlass agrees on "
                + tally.agreed
                + " of "
                + tally.pairs
                + " pairs of pod and node"));
  }

  private static void note(
      long seed, String node, String plugin, Map<String, WindlassVerdicts.Verdict> ours) {
    WindlassVerdicts.Verdict verdict = Objects.requireNonNull(ours.get(node), node);
    String answer = verdict.refusal().map(Refusal::toString).orElse(ACCEPTED);
    Tally tally = TALLIES.computeIfAbsent(plugin.isEmpty() ? ACCEPTED : plugin, _ -> new Tally());
    tally.pairs++;
    if (verdict.accepts() == plugin.isEmpty()) {
      tally.agreed++;
    } else {
      DISAGREEMENTS.add("seed " + seed + ", " + node + ": " + plugin + ", Windlass: " + answer);
    }
    if (verdict.accepts() == verdict.refusal().isPresent()) {
      CONTRADICTIONS.add("seed " + seed + ", " + node + ": room " + verdict.room() + ", " + answer);
    }
  }

  @Test
  void agreesWithKubeSchedulerOnEveryPodAndNode() {
    assertThat(cases).isGreaterThanOrEqualTo(2_000);
    assertThat(DISAGREEMENTS).isEmpty();
  }

  @Test
  void namesRuleExactlyWhenThereIsNoRoom() {
    assertThat(CONTRADICTIONS).isEmpty();
  }

  @Test
  void everyRuleIsMetOften() {
    List<String> expected = new ArrayList<>(PLUGINS);
    expected.add(ACCEPTED);
    assertThat(TALLIES).containsOnlyKeys(expected);
    TALLIES.forEach(
        (rule, tally) -> assertThat(tally.pairs).as(rule).isGreaterThanOrEqualTo(LEAST_PER_RULE));
  }
}
