package dev.windlass.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.NodeName;
import dev.windlass.engine.ActionDispatcher;
import dev.windlass.engine.ActionOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LeadershipGateTest {
  private final Queue<Runnable> queued = new ArrayDeque<>();
  private final List<Action> applied = new ArrayList<>();
  private final List<ActionOutcome> outcomes = new ArrayList<>();
  private boolean leading = true;
  private final ActionDispatcher dispatcher =
      new ActionDispatcher(
          new LeadershipGate(this::apply, () -> leading), queued::add, 10, outcomes::add);

  @Test
  void letsThroughWhatTheLeaderDecided() {
    dispatcher.dispatch(List.of(open("a")));
    drain();

    assertThat(applied).containsExactly(open("a"));
    assertThat(outcomes).containsExactly(new ActionOutcome.Applied(open("a")));
  }

  @Test
  void refusesWhatWasQueuedBeforeLeadershipWasLost() {
    dispatcher.dispatch(List.of(open("a"), open("b")));
    leading = false;
    drain();

    assertThat(applied).isEmpty();
    assertThat(outcomes).hasSize(2).allMatch(each -> each instanceof ActionOutcome.Refused);
    assertThat(dispatcher.size()).isZero();
  }

  private ActionOutcome apply(Action action) {
    applied.add(action);
    return new ActionOutcome.Applied(action);
  }

  private void drain() {
    for (Runnable next = queued.poll(); next != null; next = queued.poll()) {
      next.run();
    }
  }

  private static Action open(String node) {
    return new Action.OpenGpuNode(new NodeName(node), new Identity("uid", "1"));
  }
}
