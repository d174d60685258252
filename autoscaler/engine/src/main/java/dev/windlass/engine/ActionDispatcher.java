package dev.windlass.engine;

import dev.windlass.core.action.Action;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands actions to the port without waiting for them: in order within a lane, side by side across
 * lanes, at most a fixed number queued. An action whose operation is under way is not taken twice.
 */
public final class ActionDispatcher {
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
    for (Action action : actions) {
      if (!offer(action)) {
        left.add(action);
      }
    }
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

  private boolean offer(Action action) {
    Lane lane = Lane.of(action);
    boolean idle;
    lock.lock();
    try {
      if (underWay.contains(action.id().value())) {
        return true;
      }
      if (underWay.size() >= capacity) {
        return false;
      }
      underWay.add(action.id().value());
      Queue<Action> queue = queues.get(lane);
      idle = queue == null;
      if (queue == null) {
        queue = new ArrayDeque<>();
        queues.put(lane, queue);
      }
      queue.add(action);
    } finally {
      lock.unlock();
    }
    if (idle) {
      executor.execute(() -> drain(lane));
    }
    return true;
  }

  private void drain(Lane lane) {
    for (Action action = head(lane); action != null; action = head(lane)) {
      try {
        listener.accept(port.apply(action));
      } finally {
        finish(lane, action);
      }
    }
  }

  /** The lane's next action, which stays queued until it is finished; the lane ends with null. */
  private @Nullable Action head(Lane lane) {
    lock.lock();
    try {
      Queue<Action> queue = queues.get(lane);
      Action next = queue == null ? null : queue.peek();
      if (next == null) {
        queues.remove(lane);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void finish(Lane lane, Action action) {
    lock.lock();
    try {
      Queue<Action> queue = queues.get(lane);
      if (queue != null) {
        queue.poll();
      }
      underWay.remove(action.id().value());
    } finally {
      lock.unlock();
    }
  }
}
