package dev.windlass.daemon.dashboard;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Price;
import dev.windlass.core.scaledown.ScaleDownPlan.Removal;
import dev.windlass.core.scaleup.GroupIncrease;
import dev.windlass.daemon.dashboard.LogEntry.Cost;
import dev.windlass.daemon.dashboard.LogEntry.Progress;
import dev.windlass.daemon.dashboard.LogEntry.State;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.engine.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * The newest lines of the decision log, at most a fixed number. An operation that is decided again
 * while it is under way, or after it failed, stays one line. Not safe for several threads.
 */
final class DecisionLog {
  private final int capacity;
  private final Duration age;
  private final LinkedHashMap<String, LogEntry> entries = new LinkedHashMap<>();

  DecisionLog(int capacity, Duration age) {
    this.capacity = capacity;
    this.age = age;
  }

  /** Adds what a tick decided; returns whether that is anything new. */
  boolean add(Tick tick) {
    Set<Action> unsent = new HashSet<>(tick.overflow());
    int ordinal = 0;
    for (Action action : tick.decision().actions()) {
      if (Sentences.isLogged(action) && add(tick, action, ordinal + 1, unsent.contains(action))) {
        ordinal++;
      }
    }
    trim(tick.decision().at());
    return ordinal > 0;
  }

  private boolean add(Tick tick, Action action, int ordinal, boolean unsent) {
    String operation = Sentences.operation(action);
    LogEntry known = entries.get(operation);
    if (known != null && known.progress().state() != State.DONE) {
      boolean sameTick = known.id().decision() == tick.number();
      int parts = known.progress().parts() + (sameTick ? 1 : 0);
      entries.put(operation, known.with(new Progress(begun(unsent), "", null, parts)));
      return false;
    }
    LogEntry.Id id = new LogEntry.Id(tick.number(), ordinal, operation);
    LogEntry entry =
        new LogEntry(
            id, tick.decision().at(), Sentences.text(action), cost(tick, action), Progress.BEGUN);
    entries.remove(operation);
    entries.put(operation, entry.with(new Progress(begun(unsent), "", null, 1)));
    return true;
  }

  private static State begun(boolean unsent) {
    return unsent ? State.NOT_SENT : State.IN_FLIGHT;
  }

  /** Notes what came of an action; an action that is no longer remembered changes nothing. */
  boolean outcome(ActionOutcome outcome, Instant now) {
    String operation = Sentences.operation(outcome.action());
    LogEntry known = entries.get(operation);
    if (known == null) {
      return false;
    }
    Progress before = known.progress();
    Progress after =
        switch (outcome) {
          case ActionOutcome.Applied _ -> new Progress(State.DONE, "", now, before.parts());
          case ActionOutcome.Refused refused ->
              new Progress(State.REFUSED, refused.message(), now, before.parts());
          case ActionOutcome.Failed failed ->
              new Progress(State.FAILED, failed.message(), now, before.parts());
        };
    entries.put(operation, known.with(after));
    return true;
  }

  private void trim(Instant now) {
    Instant oldest = now.minus(age);
    while (!entries.isEmpty()
        && (entries.size() > capacity || entries.firstEntry().getValue().at().isBefore(oldest))) {
      entries.pollFirstEntry();
    }
  }

  /** Newest first. */
  List<LogEntry> newestFirst() {
    return List.copyOf(new ArrayList<>(entries.values()).reversed());
  }

  private static Cost cost(Tick tick, Action action) {
    return switch (action) {
      case Action.IncreaseGroup increase -> new Cost(costOf(tick, increase.group()), false);
      case Action.DeleteInstance delete -> new Cost(saving(tick, delete.nodeName()), true);
      case Action.ScaleWorkload _,
          Action.TaintForRemoval _,
          Action.CancelRemoval _,
          Action.EvictPod _,
          Action.DeleteNodeObject _,
          Action.AnnotateNode _,
          Action.StartGpuStep _,
          Action.ChangeGpuTaint _,
          Action.RepairGpuNode _,
          Action.ReportGpuHealth _,
          Action.OpenGpuNode _ ->
          Cost.NONE;
    };
  }

  private static Price costOf(Tick tick, NodeGroupName group) {
    for (GroupIncrease increase : tick.decision().plans().scaleUp().increases()) {
      if (increase.nodeGroup().equals(group)) {
        return increase.hourlyCost();
      }
    }
    return Price.UNKNOWN;
  }

  private static Price saving(Tick tick, String node) {
    for (Removal removal : tick.decision().plans().scaleDown().removals()) {
      if (removal.node().value().equals(node)) {
        return removal.hourlySaving();
      }
    }
    return Price.UNKNOWN;
  }
}
