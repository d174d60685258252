package dev.windlass.gpu.agent;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The regular files of a tar archive in its plain old form (ustar). */
final class Tar {
  private static final int BLOCK = 512;

  private Tar() {}

  /**
   * One file.
   *
   * @param mode its permissions
   * @param owner its user's number
   * @param content what is in it, a character for a byte
   */
  record Entry(int mode, int owner, String content) {
    byte[] data() {
      return content.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  static Map<String, Entry> read(byte[] archive) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    int at = 0;
    while (at + BLOCK <= archive.length && archive[at] != 0) {
      int size = octal(archive, at + 124, 12);
      String content = new String(archive, at + BLOCK, size, StandardCharsets.ISO_8859_1);
      entries.put(
          text(archive, at, 100),
          new Entry(octal(archive, at + 100, 8), octal(archive, at + 108, 8), content));
      at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    return entries;
  }

  private static int octal(byte[] archive, int from, int length) {
    return Integer.parseInt(text(archive, from, length).strip(), 8);
  }

  private static String text(byte[] archive, int from, int length) {
    int end = from;
    while (end < from + length && archive[end] != 0) {
      end++;
    }
    return new String(archive, from, end - from, StandardCharsets.US_ASCII);
  }
}
