package dev.windlass.daemon.cloud;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does something again and again on a thread of its own, this long after the last time. */
public final class Repeating implements AutoCloseable {
  private final Thread thread;

  private Repeating(Thread thread) {
    this.thread = thread;
  }

  /**
   * Begins at once.
   *
   * @param name of the thread
   * @param pause between the end of one time and the begin of the next
   * @param task what is done
   * @param failures is told when the task throws; it is done again all the same
   */
  public static Repeating start(
      String name, Duration pause, Runnable task, Consumer<RuntimeException> failures) {
    return new Repeating(Thread.ofVirtual().name(name).start(() -> repeat(pause, task, failures)));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private static void repeat(Duration pause, Runnable task, Consumer<RuntimeException> failures) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        task.run();
      } catch (RuntimeException failure) {
        failures.accept(failure);
      }
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (InterruptedException _) {
        return;
      }
    }
  }
}
