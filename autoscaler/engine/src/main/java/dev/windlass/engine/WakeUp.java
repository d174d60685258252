package dev.windlass.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends the loop's pause early: a new pending pod, a finished action. Several calls count as one.
 */
public final class WakeUp {
  private static final int MAX_QUIETS = 3;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean poked;
  private long burstAt = System.nanoTime();

  /** Asks for a tick as soon as the burst is over that this may be part of. */
  public void poke() {
    wake(true);
  }

  /** Asks for a tick at once, unless a burst is going on. */
  public void hurry() {
    wake(false);
  }

  private void wake(boolean burst) {
    lock.lock();
    try {
      poked = true;
      burstAt = burst ? System.nanoTime() : burstAt;
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

  /**
   * Gathers a burst into one tick: returns when nobody has poked for so long, or after {@value
   * #MAX_QUIETS} times as long. What is gathered asks for no further tick.
   */
  void gather(Duration quiet) throws InterruptedException {
    lock.lock();
    try {
      long end = System.nanoTime() + MAX_QUIETS * quiet.toNanos();
      for (long left = left(quiet, end); left > 0; left = left(quiet, end)) {
        changed.awaitNanos(left);
      }
      poked = false;
    } finally {
      lock.unlock();
    }
  }

  private long left(Duration quiet, long end) {
    long now = System.nanoTime();
    return Math.min(burstAt + quiet.toNanos() - now, end - now);
  }
}
