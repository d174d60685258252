package dev.windlass.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ActionDispatcherTest {
  private final List<String> applied = new ArrayList<>();
  private final List<ActionOutcome> outcomes = new ArrayList<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private ActionDispatcher dispatcher(int capacity) {
    return new ActionDispatcher(
        action -> {
          applied.add(action.sentence());
          return new ActionOutcome.Applied(action);
        },
        tasks::add,
        capacity,
        outcomes::add);
  }

  private static Action evict(String pod) {
    return new Action.EvictPod(
        new ObjectKey("default", pod), new Identity("uid-" + pod, "1"), new NodeName("n1"));
  }

  private static Action taint(String node, String why) {
    return new Action.TaintForRemoval(
        new NodeName(node), new Identity(why, "1"), Instant.EPOCH, why);
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Test
  void appliesAndTellsTheOutcome() {
    ActionDispatcher dispatcher = dispatcher(10);

    assertThat(dispatcher.dispatch(List.of(evict("a")))).isEmpty();
    runAll();

    assertThat(applied).containsExactly("Evict pod default/a from node n1");
    assertThat(outcomes).hasSize(1);
    assertThat(dispatcher.size()).isZero();
  }

  @Test
  void doesNotTakeAnOperationThatIsUnderWayASecondTime() {
    ActionDispatcher dispatcher = dispatcher(10);

    dispatcher.dispatch(List.of(evict("a")));
    dispatcher.dispatch(List.of(evict("a")));
    runAll();

    assertThat(applied).hasSize(1);
  }

  @Test
  void takesAnOperationAgainOnceItIsFinished() {
    ActionDispatcher dispatcher = dispatcher(10);

    dispatcher.dispatch(List.of(evict("a")));
    runAll();
    dispatcher.dispatch(List.of(evict("a")));
    runAll();

    assertThat(applied).hasSize(2);
  }

  @Test
  void handsBackWhatFindsNoRoom() {
    ActionDispatcher dispatcher = dispatcher(2);

    List<Action> left = dispatcher.dispatch(List.of(evict("a"), evict("b"), evict("c")));

    assertThat(left).containsExactly(evict("c"));
  }

  @Test
  void keepsTheOrderWithinALaneAndRunsLanesSideBySide() {
    ActionDispatcher dispatcher = dispatcher(10);

    dispatcher.dispatch(List.of(taint("n1", "first"), taint("n1", "second"), evict("a")));

    assertThat(tasks).as("one task for each lane").hasSize(2);
    runAll();
    assertThat(applied)
        .containsSubsequence("Begin to remove node n1: first", "Begin to remove node n1: second");
  }

  @Test
  void handsTheDeletionsOfOneGroupOverTogether() {
    List<List<Action.DeleteInstance>> together = new ArrayList<>();
    ActionPort port =
        new ActionPort() {
          @Override
          public ActionOutcome apply(Action action) {
            applied.add(action.sentence());
            return new ActionOutcome.Applied(action);
          }

          @Override
          public List<ActionOutcome> deleteTogether(List<Action.DeleteInstance> deletions) {
            together.add(deletions);
            return ActionPort.super.deleteTogether(deletions);
          }
        };
    ActionDispatcher dispatcher = new ActionDispatcher(port, tasks::add, 10, outcomes::add);

    dispatcher.dispatch(
        List.of(delete("a", "1"), evict("p"), delete("a", "2"), delete("b", "3"), grow("a")));
    dispatcher.dispatch(List.of(grow("a"), delete("a", "2"), delete("a", "4")));
    runAll();

    assertThat(together).containsExactly(List.of(delete("a", "1"), delete("a", "2")));
    assertThat(outcomes).hasSize(6).hasOnlyElementsOfType(ActionOutcome.Applied.class);
    assertThat(applied)
        .as("in order within the lane")
        .containsSubsequence(grow("a").sentence(), delete("a", "4").sentence());
    assertThat(dispatcher.size()).isZero();
  }

  private static Action.DeleteInstance delete(String group, String machine) {
    return new Action.DeleteInstance(
        new NodeGroupName(group), new InstanceId(machine), "", "unneeded");
  }

  private static Action grow(String group) {
    return grow(group, 2);
  }

  private static Action grow(String group, int to) {
    return new Action.IncreaseGroup(
        new NodeGroupName(group), 1, to, Map.of(), Instant.EPOCH, "a pod waits");
  }

  @Test
  void anIncreaseThatWaitsGivesWayToTheNextDecision() {
    ActionDispatcher dispatcher = dispatcher(10);

    dispatcher.dispatch(List.of(delete("a", "1"), grow("a", 2), grow("b", 7)));
    dispatcher.dispatch(List.of(grow("a", 5)));
    assertThat(dispatcher.size()).as("the deletion and the last increase").isEqualTo(2);
    runAll();
    dispatcher.dispatch(List.of(grow("a", 2)));
    runAll();

    assertThat(applied)
        .containsExactly(
            delete("a", "1").sentence(), grow("a", 5).sentence(), grow("a", 2).sentence());
  }

  @Test
  void anIncreaseThatHasBegunIsNotAskedForAgain() {
    List<Action> begun = new ArrayList<>();
    List<ActionDispatcher> self = new ArrayList<>();
    self.add(
        new ActionDispatcher(
            action -> {
              begun.add(action);
              self.getFirst().dispatch(List.of(grow("a")));
              return new ActionOutcome.Applied(action);
            },
            tasks::add,
            10,
            outcomes::add));

    self.getFirst().dispatch(List.of(grow("a")));
    runAll();

    assertThat(begun).containsExactly(grow("a"));
    assertThat(self.getFirst().size()).isZero();
  }

  @Test
  void aListenerThatThrowsStopsNoLane() {
    ActionDispatcher dispatcher =
        new ActionDispatcher(
            action -> {
              applied.add(action.sentence());
              return new ActionOutcome.Applied(action);
            },
            tasks::add,
            10,
            _ -> {
              throw new IllegalStateException("nobody listens");
            });

    dispatcher.dispatch(List.of(taint("n1", "first"), taint("n1", "second")));
    assertThatThrownBy(this::runAll).hasMessage("nobody listens");
    dispatcher.dispatch(List.of(taint("n1", "third")));
    assertThatThrownBy(this::runAll).hasMessage("nobody listens");

    assertThat(applied).hasSize(3);
    assertThat(dispatcher.size()).isZero();
  }

  @Test
  void aPortThatThrowsCostsTheActionAndNotItsLane() {
    ActionDispatcher dispatcher =
        new ActionDispatcher(
            action -> {
              if (applied.isEmpty()) {
                applied.add("none");
                throw new IllegalStateException("broken contract");
              }
              applied.add(action.sentence());
              return new ActionOutcome.Applied(action);
            },
            tasks::add,
            10,
            outcomes::add);

    dispatcher.dispatch(List.of(taint("n1", "first"), taint("n1", "second")));
    runAll();
    dispatcher.dispatch(List.of(taint("n1", "third")));
    runAll();

    assertThat(outcomes)
        .satisfiesExactly(
            first -> assertThat(first.message()).contains("broken contract"),
            second -> assertThat(second).isInstanceOf(ActionOutcome.Applied.class),
            third -> assertThat(third).isInstanceOf(ActionOutcome.Applied.class));
    assertThat(dispatcher.size()).isZero();
  }
}
