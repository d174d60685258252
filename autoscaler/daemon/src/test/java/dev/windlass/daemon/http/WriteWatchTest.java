package dev.windlass.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WriteWatchTest {
  @Test
  void dropsAClientThatDoesNotRead() throws IOException {
    try (WriteWatch watch = new WriteWatch(Duration.ofMillis(50));
        PipedInputStream neverRead = new PipedInputStream(16);
        PipedOutputStream out = new PipedOutputStream(neverRead)) {
      assertThatThrownBy(() -> watch.write(out, new byte[64]))
          .isInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  void leavesAClientAloneThatReads() throws IOException {
    try (WriteWatch watch = new WriteWatch(Duration.ofSeconds(10));
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      watch.write(out, new byte[64]);
      assertThat(out.size()).isEqualTo(64);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }
}
