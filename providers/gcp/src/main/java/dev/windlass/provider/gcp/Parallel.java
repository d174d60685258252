package dev.windlass.provider.gcp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Does the same for each of many things side by side, a bounded number at a time. */
final class Parallel {
  private static final int AT_A_TIME = 64;

  private Parallel() {}

  /** Returns when all are done; the first that threw throws. */
  static <T> void each(Collection<T> items, Consumer<T> work) {
    Semaphore places = new Semaphore(AT_A_TIME);
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        running.add(
            threads.submit(() -> {
              places.acquireUninterruptibly();
              try {
                work.accept(item);
              } finally {
                places.release();
              }
            }));
      }
    }
    for (Future<?> each : running) {
      try {
        each.get();
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException known) {
          throw known;
        }
        throw new IllegalStateException(failed.getCause());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
