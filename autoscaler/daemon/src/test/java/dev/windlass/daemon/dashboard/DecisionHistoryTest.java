package dev.windlass.daemon.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.daemon.dashboard.DecisionHistory.Revision;
import dev.windlass.daemon.dashboard.LogEntry.State;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DecisionHistoryTest {
  private static final Action GROW =
      new Action.IncreaseGroup(new NodeGroupName("g"), 1, 3, Map.of(), Instant.EPOCH, "for 2 pods");
  private static final CloudFailure SOLD_OUT =
      new CloudFailure(CloudFailure.Cause.CAPACITY, "sold out");

  private final DecisionHistory history = FakeCluster.history();

  private static Tick tick(long number, Action... actions) {
    FakeCluster cluster = new FakeCluster();
    cluster.actions.addAll(List.of(actions));
    return cluster.tick(number);
  }

  private List<LogEntry> log() {
    return history.view().orElseThrow().log();
  }

  @Test
  void logsWhatATickChangesAndWhatCameOfIt() {
    history.ticked(tick(5, GROW));
    assertThat(log().getFirst().id().toString()).isEqualTo("5.1");
    assertThat(log().getFirst().text().what()).isEqualTo("g 1 → 3");
    assertThat(log().getFirst().progress().state()).isEqualTo(State.IN_FLIGHT);
    history.outcome(new ActionOutcome.Applied(GROW));
    assertThat(log().getFirst().progress().state()).isEqualTo(State.DONE);
    assertThat(LogSection.outcome(log().getFirst())).isEqualTo("Done in 2.0 s");
  }

  @Test
  void keepsOneLineForAnOperationThatIsTriedAgainUntilItIsDone() {
    history.ticked(tick(5, GROW));
    history.ticked(tick(6, GROW));
    history.outcome(new ActionOutcome.Failed(GROW, SOLD_OUT));
    assertThat(log()).hasSize(1);
    assertThat(log().getFirst().progress().message()).isEqualTo("sold out");
    history.ticked(tick(7, GROW));
    assertThat(log()).hasSize(1);
    assertThat(log().getFirst().progress().state()).isEqualTo(State.IN_FLIGHT);
    history.outcome(new ActionOutcome.Applied(GROW));
    history.ticked(tick(9, GROW));
    assertThat(log()).singleElement().extracting(entry -> entry.id().decision()).isEqualTo(9L);
  }

  @Test
  void joinsTheEvictionsFromOneNode() {
    NodeName node = new NodeName("n");
    history.ticked(
        tick(
            5,
            new Action.EvictPod(new ObjectKey("a", "x"), Identity.NONE, node),
            new Action.EvictPod(new ObjectKey("a", "y"), Identity.NONE, node)));
    assertThat(log()).hasSize(1);
    assertThat(log().getFirst().progress().parts()).isEqualTo(2);
  }

  @Test
  void saysNothingOfNotesOnNodes() {
    history.ticked(
        tick(5, new Action.AnnotateNode(new NodeName("n"), Identity.NONE, new TreeMap<>())));
    assertThat(log()).isEmpty();
  }

  @Test
  void tellsWhatFoundNoRoom() {
    Tick full = tick(5, GROW);
    history.ticked(new Tick(5, full.snapshot(), full.decision(), List.of(GROW), full.took()));
    assertThat(log().getFirst().progress().state()).isEqualTo(State.NOT_SENT);
  }

  @Test
  void ignoresAnOutcomeThatItKnowsNothingOf() throws InterruptedException {
    history.ticked(tick(5));
    Revision before = history.awaitNewer(Revision.NONE, Duration.ZERO);
    history.outcome(new ActionOutcome.Refused(GROW, "gone"));
    assertThat(history.awaitNewer(before, Duration.ZERO)).isEqualTo(before);
  }

  @Test
  @Timeout(20)
  void wakesWhoWaitsForTheNextDecision() throws InterruptedException {
    history.ticked(tick(5));
    Revision seen = history.awaitNewer(Revision.NONE, Duration.ofMinutes(1));
    Thread ticker = Thread.ofVirtual().start(() -> history.ticked(tick(6)));
    assertThat(history.awaitNewer(seen, Duration.ofMinutes(1)).decision()).isEqualTo(6);
    ticker.join();
    assertThat(history.awaitNewer(Revision.NONE, Duration.ZERO).decision()).isEqualTo(6);
  }

  @Test
  void remembersStatesOfDecisionsThatChangedSomethingOnly() {
    history.ticked(tick(5, GROW));
    history.ticked(tick(6));
    assertThat(history.past(5)).isPresent();
    assertThat(history.past(6)).isEmpty();
  }

  @Test
  void forgetsTheOldestBeyondItsLimits() {
    DecisionHistory small =
        new DecisionHistory(
            () -> DaemonFacts.acting("c", "0"),
            () -> FakeCluster.NOW,
            new HistoryLimits(Duration.ofHours(1), 3_000, 3, 3),
            Runnable::run);
    for (int i = 1; i <= 20; i++) {
      NodeGroupName group = new NodeGroupName("g" + i);
      small.ticked(tick(i, new Action.IncreaseGroup(group, 1, 2, Map.of(), Instant.EPOCH, "")));
    }
    assertThat(small.view().orElseThrow().log())
        .extracting(entry -> entry.id().decision())
        .containsExactly(20L, 19L, 18L);
    assertThat(small.past(1)).isEmpty();
    assertThat(small.past(20)).isPresent();
  }

  @Test
  void keepsOnlyTheStepsOfASeries() {
    ChangePoints<ReplicaPoint> points =
        new ChangePoints<>(3, Duration.ofMinutes(10), ReplicaPoint::at, ReplicaPoint::sameAs);
    int[] replicas = {1, 1, 2, 2, 2, 3, 4, 4};
    for (int i = 0; i < replicas.length; i++) {
      points.add(new ReplicaPoint(Instant.EPOCH.plusSeconds(i), replicas[i]));
    }
    assertThat(points.steps()).extracting(ReplicaPoint::replicas).containsExactly(2, 3, 4);
    points.add(new ReplicaPoint(Instant.EPOCH.plusSeconds(3_600), 5));
    assertThat(points.steps())
        .as("the step that covers the window's start stays")
        .extracting(ReplicaPoint::replicas)
        .containsExactly(4, 5);
  }
}
