package dev.windlass.daemon.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how long a write may take: a thread that is stuck is interrupted, which closes its socket.
 */
final class WriteWatch implements AutoCloseable {
  private final Duration limit;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-write-watch").factory());

  WriteWatch(Duration limit) {
    this.limit = limit;
  }

  /** Writes and flushes, or throws once the limit has passed. */
  void write(OutputStream out, byte[] bytes) throws IOException {
    Thread writer = Thread.currentThread();
    ScheduledFuture<?> alarm =
        timer.schedule(writer::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      out.write(bytes);
      out.flush();
    } finally {
      alarm.cancel(false);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
