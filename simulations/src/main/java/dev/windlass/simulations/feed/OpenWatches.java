package dev.windlass.simulations.feed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The open watches of one kind. A slow one holds the sender up; it loses nothing. */
final class OpenWatches {
  private static final int MAX_EVENTS_KEPT = 1_024;
  private static final String END = "";

  private final AtomicInteger begun = new AtomicInteger();
  private final List<BlockingQueue<String>> open = new CopyOnWriteArrayList<>();

  /** How many have begun so far, those that have ended included. */
  int begun() {
    return begun.get();
  }

  void send(String event) {
    for (BlockingQueue<String> each : open) {
      put(each, event);
    }
  }

  void close() {
    send(END);
  }

  private static void put(BlockingQueue<String> queue, String event) {
    try {
      queue.put(event);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(interrupted));
    }
  }

  /** Writes what is sent until the watch is closed or its client has gone. */
  void serve(OutputStream out) throws IOException {
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(MAX_EVENTS_KEPT);
    open.add(queue);
    begun.incrementAndGet();
    try {
      out.flush();
      for (String event = queue.take(); !event.equals(END); event = queue.take()) {
        out.write(event.getBytes(StandardCharsets.UTF_8));
        if (queue.isEmpty()) {
          out.flush();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(queue);
    }
  }
}
