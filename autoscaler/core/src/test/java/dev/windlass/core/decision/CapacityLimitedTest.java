package dev.windlass.core.decision;

import static dev.windlass.core.testing.Cluster.cluster;
import static dev.windlass.core.testing.Groups.group;
import static dev.windlass.core.testing.Pods.NOON;
import static dev.windlass.core.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.MetricReading;
import dev.windlass.core.model.MetricSpec;
import dev.windlass.core.model.MetricTarget;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.RememberedHistory;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.ScalerHistory;
import dev.windlass.core.model.ScalingBehavior;
import dev.windlass.core.model.ScalingBehavior.Direction;
import dev.windlass.core.model.ScalingBehavior.RatePolicy;
import dev.windlass.core.model.ScalingBehavior.Select;
import dev.windlass.core.model.ScalingBehavior.Unit;
import dev.windlass.core.model.ScalingExtras;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.replicas.ReplicaDecision;
import dev.windlass.core.testing.Groups;
import dev.windlass.core.testing.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A target grows as far as there are nodes; each pod of these fills a node of its own. */
class CapacityLimitedTest {
  private static final ObjectKey WEB = new ObjectKey("default", "web");
  private static final TargetRef TARGET = new TargetRef("apps/v1", "Deployment", WEB);
  private static final ScalingBehavior AT_ONCE =
      new ScalingBehavior(
          new Direction(
              Duration.ZERO,
              Select.MAX,
              List.of(new RatePolicy(Unit.PODS, 100, Duration.ofSeconds(15))),
              null),
          Direction.DEFAULT_DOWN);
  private static final Map<String, String> LABELS = Map.of("app", "web");

  @ParameterizedTest(name = "{0}: {1} wanted, {2} nodes at most -> {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          as many as there will be nodes | 20 | 4  | 4
          none at all                    | 20 | 0  | 0
          nodes for all                  | 4  | 10 | 4
          """)
  void growsAsFarAsNodesCanBeHad(String rule, int wanted, int nodes, int desired) {
    Decision decision = decide(wanted, large(nodes), Kind.USUAL);

    assertThat(only(decision).size()).isEqualTo(new ReplicaDecision.Size(0, desired));
    assertThat(only(decision).history().recommendations().getLast().replicas())
        .as("what the metrics ask for is remembered all the same")
        .isEqualTo(wanted);
    assertThat(limited(decision).isPresent()).isEqualTo(desired < wanted);
  }

  @Test
  void saysWhyAndThatNoEndIsKnown() {
    Decision decision = decide(20, large(4), Kind.USUAL);

    assertThat(limited(decision).orElseThrow().reason()).isEqualTo("NodeGroupAtMax");
    assertThat(limited(decision).orElseThrow().message())
        .startsWith("16 of its pods find no node: node group general: ")
        .endsWith("no end is known");
    assertThat(only(decision).verdict().limitedBy()).isEqualTo("NodeGroupAtMax");
  }

  @ParameterizedTest
  @CsvSource({"CAPACITY, NodeGroupBackoff", "QUOTA, QuotaExceeded"})
  void saysUntilWhenACloudIsLeftAlone(CloudFailure.Cause cause, String reason) {
    Instant until = NOON.plusSeconds(90);
    AutoscalerState state =
        AutoscalerState.EMPTY.withBackoffs(
            Map.of(
                new NodeGroupName("general"),
                List.of(new Backoff(until, 1, new CloudFailure(cause, "no more")))));
    Decision decision =
        Decider.decide(
            snapshot(20, large(100), Kind.USUAL), state, Policy.DEFAULT.withElapsed(), NOON);

    assertThat(limited(decision).orElseThrow().reason()).isEqualTo(reason);
    assertThat(limited(decision).orElseThrow().message()).endsWith("expected after " + until);
    assertThat(only(decision).size().desired()).isZero();
  }

  /** What is told but not enforced. */
  @ParameterizedTest
  @CsvSource({"STRICT, 20", "MAY_PREEMPT, 20", "WITH_MINIMUM, 7"})
  void isKeptBackOnlyWhereThatIsSafe(Kind kind, int desired) {
    Decision decision = decide(20, large(4), kind);

    assertThat(only(decision).size().desired()).isEqualTo(desired);
    assertThat(limited(decision)).isPresent();
  }

  /** Somebody else may bring a node for pods that fit none of the groups. */
  @Test
  void podsThatFitNoGroupAreNotKeptBack() {
    Groups tiny = Groups.group("tiny").size(0, 4, 0).offers("tiny", 100, 128, 0, 0.01);
    Decision decision =
        Decider.decide(
            snapshot(20, tiny, Kind.USUAL),
            AutoscalerState.EMPTY,
            Policy.DEFAULT.withElapsed(),
            NOON);

    assertThat(only(decision).size().desired()).isEqualTo(20);
    assertThat(limited(decision)).isEmpty();
  }

  enum Kind {
    USUAL,
    STRICT,
    MAY_PREEMPT,
    WITH_MINIMUM
  }

  private static Decision decide(int wanted, Groups group, Kind kind) {
    return Decider.decide(
        snapshot(wanted, group, kind), AutoscalerState.EMPTY, Policy.DEFAULT.withElapsed(), NOON);
  }

  private static Groups large(int max) {
    return group("general").size(0, max, 0).offers("large", 4_000, 8_192, 0, 0.20);
  }

  private static ClusterSnapshot snapshot(int wanted, Groups group, Kind kind) {
    Pods template = pod("template").cpu(3_000).memoryMi(1_024);
    if (kind == Kind.MAY_PREEMPT) {
      template.priority(1);
    }
    ReplicaScaler scaler =
        new ReplicaScaler(
            WEB,
            Identity.NONE,
            TARGET,
            new ReplicaScaler.Bounds(kind == Kind.WITH_MINIMUM ? 7 : 0, 100),
            List.of(new MetricSpec.External("queue", null, new MetricTarget.AverageValue(1_000))),
            new ReplicaScaler.Settings(
                AT_ONCE, false, kind == Kind.STRICT, asleep(), ScalingExtras.NONE));
    ScaleTarget target =
        new ScaleTarget(
            TARGET,
            new Identity("uid-web", "1"),
            0,
            0,
            new LabelSelector(LABELS, List.of()),
            new ScaleTarget.PodTemplate(LABELS, template.build().spec()));
    ClusterSnapshot world = cluster().with(group).snapshot();
    return new ClusterSnapshot(
        world.workloads(),
        world.capacity(),
        new ClusterSnapshot.Scaling(
            List.of(scaler),
            Map.of(TARGET, target),
            Map.of(
                new ClusterSnapshot.MetricKey(WEB, 0),
                new MetricReading.Values(List.of(wanted * 1_000L)))),
        world.gpu(),
        world.observedAt());
  }

  private static RememberedHistory asleep() {
    return RememberedHistory.complete(new ScalerHistory(List.of(), List.of(), true, null));
  }

  private static ReplicaDecision only(Decision decision) {
    return decision.plans().replicas().decisions().getFirst();
  }

  private static Optional<ReplicaDecision.Condition> limited(Decision decision) {
    return only(decision).verdict().conditions().stream()
        .filter(condition -> condition.type().equals("CapacityLimited"))
        .findFirst();
  }
}
