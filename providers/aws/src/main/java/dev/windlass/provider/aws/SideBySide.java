package dev.windlass.provider.aws;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs blocking calls side by side, a bounded number of them at a time. */
final class SideBySide {
  private final Semaphore places;

  SideBySide(int atATime) {
    places = new Semaphore(atATime);
  }

  /** Does something with each item and returns, or throws what one of them threw, at the end. */
  <T> void each(Collection<T> items, Consumer<T> action) {
    AtomicReference<@Nullable RuntimeException> thrown = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T item : items) {
        threads.execute(() -> inPlace(item, action, thrown));
      }
    }
    RuntimeException first = thrown.get();
    if (first != null) {
      throw first;
    }
  }

  private <T> void inPlace(
      T item, Consumer<T> action, AtomicReference<@Nullable RuntimeException> thrown) {
    places.acquireUninterruptibly();
    try {
      action.accept(item);
    } catch (RuntimeException broken) {
      thrown.compareAndSet(null, broken);
    } finally {
      places.release();
    }
  }
}
