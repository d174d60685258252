package dev.windlass.daemon.dashboard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** States of past decisions, compressed; the oldest go when there are too many bytes. */
final class Archive {
  private final long maxBytes;
  private final TreeMap<Long, byte[]> states = new TreeMap<>();
  private long bytes;

  Archive(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized void add(long decision, byte[] state) {
    byte[] packed = pack(state);
    byte[] before = states.put(decision, packed);
    bytes += packed.length - (before == null ? 0 : before.length);
    while (bytes > maxBytes && !states.isEmpty()) {
      bytes -= states.pollFirstEntry().getValue().length;
    }
  }

  synchronized Optional<byte[]> find(long decision) {
    return Optional.ofNullable(states.get(decision)).map(Archive::unpack);
  }

  private static byte[] pack(byte[] state) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(state);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] unpack(byte[] packed) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return gzip.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
