package dev.windlass.engine;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.CloudFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Hands actions to the port without waiting for them: in order within a lane, side by side across
 * lanes, at most a fixed number queued. An action whose operation is under way is not taken twice.
 * Deletions that follow each other in a lane are handed over together. An increase that still waits
 * for its lane gives way to the next decision, which knows of more pods.
 */
public final class ActionDispatcher {
  private final ActionPort port;
  private final Executor executor;
  private final int capacity;
  private final Consumer<ActionOutcome> listener;
  private final ReentrantLock lock = new ReentrantLock();

  /** What waits in each lane that is busy. */
  private final Map<Lane, Queue<Action>> waiting = new HashMap<>();

  /** The operations that wait or are being carried out. */
  private final Set<String> underWay = new HashSet<>();

  /**
   * A dispatcher.
   *
   * @param port carries the actions out
   * @param executor runs one task for each busy lane; a direct executor makes dispatch synchronous
   * @param capacity how many actions may be under way
   * @param listener is told every outcome, on the executor's thread
   */
  public ActionDispatcher(
      ActionPort port, Executor executor, int capacity, Consumer<ActionOutcome> listener) {
    this.port = port;
    this.executor = executor;
    this.capacity = capacity;
    this.listener = listener;
  }

  /** Takes what it can; returns what it did not take for want of room. */
  public List<Action> dispatch(List<Action> actions) {
    List<Action> left = new ArrayList<>();
    Set<Lane> idle = new LinkedHashSet<>();
    lock.lock();
    try {
      waiting.values().forEach(this::dropIncreases);
      for (Action action : actions) {
        if (!offer(action, idle)) {
          left.add(action);
        }
      }
    } finally {
      lock.unlock();
    }
    idle.forEach(lane -> executor.execute(() -> drain(lane)));
    return List.copyOf(left);
  }

  /** How many actions are under way. */
  public int size() {
    lock.lock();
    try {
      return underWay.size();
    } finally {
      lock.unlock();
    }
  }

  private void dropIncreases(Queue<Action> queue) {
    queue.removeIf(
        action -> action instanceof Action.IncreaseGroup && underWay.remove(action.id().value()));
  }

  private boolean offer(Action action, Set<Lane> idle) {
    if (underWay.contains(action.id().value())) {
      return true;
    }
    if (underWay.size() >= capacity) {
      return false;
    }
    underWay.add(action.id().value());
    Lane lane = Lane.of(action);
    Queue<Action> queue = waiting.get(lane);
    if (queue == null) {
      queue = new ArrayDeque<>();
      waiting.put(lane, queue);
      idle.add(lane);
    }
    queue.add(action);
    return true;
  }

  /** A listener that throws is heard of when the lane has ended. */
  private void drain(Lane lane) {
    RuntimeException broken = null;
    for (List<Action> next = next(lane); !next.isEmpty(); next = next(lane)) {
      try {
        apply(next).forEach(listener);
      } catch (RuntimeException failure) {
        broken = failure;
      } finally {
        finish(next);
      }
    }
    if (broken != null) {
      throw broken;
    }
  }

  /** A port that breaks its contract and throws costs the action, and not the lane. */
  private List<ActionOutcome> apply(List<Action> actions) {
    try {
      return actions.size() == 1
          ? List.of(port.apply(actions.getFirst()))
          : port.deleteTogether(actions.stream().map(Action.DeleteInstance.class::cast).toList());
    } catch (RuntimeException failure) {
      return actions.stream().map(action -> failed(action, failure)).toList();
    }
  }

  private static ActionOutcome failed(Action action, RuntimeException failure) {
    return new ActionOutcome.Failed(
        action, new CloudFailure(CloudFailure.Cause.UNKNOWN, failure.toString()));
  }

  /** The lane's next action, or all the deletions that are next; it ends with nothing. */
  private List<Action> next(Lane lane) {
    lock.lock();
    try {
      Queue<Action> queue = Objects.requireNonNull(waiting.get(lane));
      List<Action> next = new ArrayList<>();
      while (!queue.isEmpty() && (next.isEmpty() || areDeletions(next.getLast(), queue.peek()))) {
        next.add(queue.remove());
      }
      if (next.isEmpty()) {
        waiting.remove(lane);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private static boolean areDeletions(Action one, Action other) {
    return one instanceof Action.DeleteInstance && other instanceof Action.DeleteInstance;
  }

  private void finish(List<Action> actions) {
    lock.lock();
    try {
      actions.forEach(action -> underWay.remove(action.id().value()));
    } finally {
      lock.unlock();
    }
  }
}
