package dev.windlass.simulations.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Windlass against kube-scheduler 1.36.1's own filters, on recorded random cases. How they were
 * recorded: {@code simulations/control-plane/scheduler-verdicts/README.md}.
 */
class SchedulerVerdictsTest {
  /** Plugins whose rules core does not have yet. They are counted, and must be disputed. */
  static final Set<String> MISSING =
      Set.of(
          "DynamicResources",
          "NodeVolumeLimits",
          "VolumeBinding",
          "VolumeRestrictions",
          "VolumeZone");

  private static final int LEAST_PER_RULE = 100;
  private static final Map<Subject, Agreement> AGREEMENTS = new EnumMap<>(Subject.class);

  @BeforeAll
  static void compare() throws IOException {
    for (Subject subject : Subject.values()) {
      Agreement agreement = new Agreement();
      RecordedCase.forEach(subject.resource(), agreement::compare);
      AGREEMENTS.put(subject, agreement);
      System.out.print(agreement.report(subject.name(), MISSING));
    }
  }

  private static Agreement on(Subject subject) {
    return Objects.requireNonNull(AGREEMENTS.get(subject));
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithKubeSchedulerOnEveryPodAndNode(Subject subject) {
    assertThat(on(subject).disagreementsBut(MISSING)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void namesRuleExactlyWhenThereIsNoRoom(Subject subject) {
    assertThat(on(subject).contradictions()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void meetsEveryRuleOfTheSubjectOften(Subject subject) {
    Map<String, Integer> pairs = on(subject).pairs();
    for (String rule : subject.rules()) {
      assertThat(pairs.getOrDefault(rule, 0)).as(rule).isGreaterThanOrEqualTo(LEAST_PER_RULE);
    }
  }

  @Test
  void meetsNoOtherRules() {
    Set<String> known = new TreeSet<>();
    List<String> met = new ArrayList<>();
    AGREEMENTS.forEach((subject, agreement) -> {
      known.addAll(subject.rules());
      met.addAll(agreement.pairs().keySet());
    });
    assertThat(known).containsAll(met);
  }

  @Test
  void rulesThatAreMissingAreDisputed() {
    Set<String> disputed = new TreeSet<>();
    AGREEMENTS.values().forEach(agreement -> disputed.addAll(agreement.disputed()));
    assertThat(disputed).as("a rule on which both agree is not missing").containsAll(MISSING);
  }

  @Test
  void hasThousandsOfCases() {
    assertThat(AGREEMENTS.values().stream().mapToInt(Agreement::cases).sum())
        .isGreaterThanOrEqualTo(4_500);
  }
}
