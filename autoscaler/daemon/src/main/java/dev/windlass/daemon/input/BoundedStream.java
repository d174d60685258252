package dev.windlass.daemon.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails when more than a number of bytes are read. */
final class BoundedStream extends FilterInputStream {
  private final long maxBytes;
  private long left;

  BoundedStream(InputStream stream, long maxBytes) {
    super(stream);
    this.maxBytes = maxBytes;
    this.left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(Math.max(0, read));
    return read;
  }

  private void count(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("it is larger than " + maxBytes + " bytes");
    }
  }
}
