package dev.windlass.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends the loop's pause early: a new pending pod, a finished action. Several calls count as one.
 */
public final class WakeUp {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean poked;

  /** Asks for a tick as soon as possible. */
  public void poke() {
    lock.lock();
    try {
      poked = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is poked, or for the given time.
   *
   * @return whether it was poked
   * @throws InterruptedException when the loop is stopped
   */
  public boolean await(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!poked && left > 0) {
        left = changed.awaitNanos(left);
      }
      boolean was = poked;
      poked = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Pauses at least this long, poked or not: gathers a burst into one tick. */
  static void gather(Duration pause) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
  }
}
