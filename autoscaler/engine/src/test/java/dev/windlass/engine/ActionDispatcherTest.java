package dev.windlass.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
  void aPortThatThrowsFreesItsPlace() {
    ActionDispatcher dispatcher =
        new ActionDispatcher(
            _ -> {
              throw new IllegalStateException("broken contract");
            },
            task -> {
              try {
                task.run();
              } catch (IllegalStateException expected) {
                applied.add(String.valueOf(expected.getMessage()));
              }
            },
            10,
            outcomes::add);

    dispatcher.dispatch(List.of(evict("a")));

    assertThat(applied).containsExactly("broken contract");
    assertThat(dispatcher.size()).isZero();
  }
}
