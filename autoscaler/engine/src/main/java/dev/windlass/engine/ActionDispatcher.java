package dev.windlass.engine;

import dev.windlass.core.action.Action;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Hands actions to the port without waiting for them: in order within a lane, side by side across
 * lanes, at most a fixed number queued. An action whose operation is under way is not taken twice.
 * Deletions that follow each other in a lane are handed over together.
 */
public final class ActionDispatcher {
  private static final Queue<Action> EMPTY = new ArrayDeque<>();

  private final ActionPort port;
  private final Executor executor;
  private final int capacity;
  private final Consumer<ActionOutcome> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Lane, Queue<Action>> queues = new HashMap<>();
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

  private boolean offer(Action action, Set<Lane> idle) {
    Lane lane = Lane.of(action);
    if (underWay.contains(action.id().value())) {
      return true;
    }
    if (underWay.size() >= capacity) {
      return false;
    }
    underWay.add(action.id().value());
    Queue<Action> queue = queues.get(lane);
    if (queue == null) {
      queue = new ArrayDeque<>();
      queues.put(lane, queue);
      idle.add(lane);
    }
    queue.add(action);
    return true;
  }

  private void drain(Lane lane) {
    for (List<Action> next = head(lane); !next.isEmpty(); next = head(lane)) {
      try {
        apply(next).forEach(listener);
      } finally {
        finish(lane, next);
      }
    }
  }

  private List<ActionOutcome> apply(List<Action> actions) {
    return actions.size() == 1
        ? List.of(port.apply(actions.getFirst()))
        : port.deleteTogether(actions.stream().map(Action.DeleteInstance.class::cast).toList());
  }

  /**
   * The lane's next action, or all the deletions that are next; they stay queued until they are
   * finished. The lane ends with nothing.
   */
  private List<Action> head(Lane lane) {
    lock.lock();
    try {
      Queue<Action> queue = queues.getOrDefault(lane, EMPTY);
      List<Action> deletions =
          queue.stream().takeWhile(Action.DeleteInstance.class::isInstance).toList();
      List<Action> next = deletions.isEmpty() ? queue.stream().limit(1).toList() : deletions;
      if (next.isEmpty()) {
        queues.remove(lane);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void finish(Lane lane, List<Action> actions) {
    lock.lock();
    try {
      Queue<Action> queue = queues.getOrDefault(lane, EMPTY);
      for (Action action : actions) {
        queue.poll();
        underWay.remove(action.id().value());
      }
    } finally {
      lock.unlock();
    }
  }
}
