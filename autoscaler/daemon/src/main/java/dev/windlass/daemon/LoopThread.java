package dev.windlass.daemon;

import dev.windlass.engine.ControlLoop;
import dev.windlass.engine.Pacing;
import dev.windlass.engine.WakeUp;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs the loop while this process leads; what it remembers is forgotten in between. */
final class LoopThread implements AutoCloseable {
  private static final Duration LAST_TICK = Duration.ofSeconds(10);

  private final ControlLoop loop;
  private final Pacing pacing;
  private final WakeUp wakeUp;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;

  LoopThread(ControlLoop loop, Pacing pacing, WakeUp wakeUp) {
    this.loop = loop;
    this.pacing = pacing;
    this.wakeUp = wakeUp;
  }

  void begin() {
    lock.lock();
    try {
      if (thread == null) {
        loop.forget();
        thread = Thread.ofPlatform().name("control-loop").daemon().start(this::run);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns once the last tick has ended. */
  void end() {
    lock.lock();
    try {
      if (thread != null) {
        thread.interrupt();
        boolean ended = thread.join(LAST_TICK);
        thread = ended ? null : thread;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    end();
  }

  private void run() {
    try {
      loop.run(pacing, wakeUp);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
