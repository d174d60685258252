package dev.windlass.simulations.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Windlass against kube-scheduler 1.36.1's own filters, on recorded random cases. How they were
 * recorded: {@code simulations/control-plane/scheduler-verdicts/README.md}.
 */
class SchedulerVerdictsTest {
  /** Rules that core does not have yet, by subject. They are counted, and must be disputed. */
  private static final Map<Subject, Set<String>> MISSING = Map.of();

  /** Rules that the literal reading does not have, by subject. */
  private static final Map<Subject, Set<String>> NOT_IN_REFERENCE =
      Map.of(
          Subject.DEVICES,
          Set.of("DynamicResources"),
          Subject.EXTENDED,
          Set.of(Agreement.ACCEPTED));

  private static final int LEAST_PER_RULE = 100;
  private static final Map<Subject, Agreement> PLANNERS = new EnumMap<>(Subject.class);
  private static final Map<Subject, Agreement> REFERENCE = new EnumMap<>(Subject.class);

  @BeforeAll
  static void compare() throws IOException {
    for (Subject subject : Subject.values()) {
      Agreement planners = new Agreement();
      Agreement reference = new Agreement();
      RecordedCase.forEach(
          subject.resource(),
          recorded -> {
            WindlassVerdicts windlass = new WindlassVerdicts(recorded);
            planners.compare(recorded, windlass.ofPlanners());
            reference.compare(recorded, windlass.ofReference());
          });
      System.out.print(planners.report(subject + " in Windlass", missing(subject)));
      System.out.print(reference.report(subject + " in the reference", notInReference(subject)));
      PLANNERS.put(subject, planners);
      REFERENCE.put(subject, reference);
    }
  }

  static Set<String> missing(Subject subject) {
    return MISSING.getOrDefault(subject, Set.of());
  }

  private static Set<String> notInReference(Subject subject) {
    return NOT_IN_REFERENCE.getOrDefault(subject, Set.of());
  }

  private static Agreement on(Subject subject) {
    return Objects.requireNonNull(PLANNERS.get(subject));
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithKubeSchedulerOnEveryPodAndNode(Subject subject) {
    assertThat(on(subject).disagreementsBut(missing(subject))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void referenceAgreesWithKubeScheduler(Subject subject) {
    Agreement reference = Objects.requireNonNull(REFERENCE.get(subject));
    assertThat(reference.disagreementsBut(notInReference(subject))).isEmpty();
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
    assertThat(pairs.get(Agreement.ACCEPTED)).isGreaterThanOrEqualTo(LEAST_PER_RULE);
    for (String rule : subject.rules()) {
      assertThat(pairs.getOrDefault(rule, 0)).as(rule).isGreaterThanOrEqualTo(LEAST_PER_RULE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rulesThatAreMissingAreDisputed(Subject subject) {
    assertThat(on(subject).disputed())
        .as("a rule on which both agree is not missing")
        .containsAll(missing(subject));
  }

  @Test
  void hasThousandsOfCases() {
    assertThat(PLANNERS.values().stream().mapToInt(Agreement::cases).sum())
        .isGreaterThanOrEqualTo(4_500);
  }
}
