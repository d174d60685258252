package dev.windlass.provider.aws;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Runs blocking calls side by side, a bounded number of them at a time. */
final class SideBySide {
  private final Semaphore places;

  SideBySide(int atATime) {
    places = new Semaphore(atATime);
  }

  /** Does something with each item and returns when all is done; the action does not throw. */
  <T> void each(Collection<T> items, Consumer<T> action) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        threads.execute(() -> inPlace(item, action));
      }
    }
  }

  private <T> void inPlace(T item, Consumer<T> action) {
    places.acquireUninterruptibly();
    try {
      action.accept(item);
    } finally {
      places.release();
    }
  }
}
