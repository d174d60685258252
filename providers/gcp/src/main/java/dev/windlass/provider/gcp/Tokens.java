package dev.windlass.provider.gcp;

import dev.windlass.core.model.OperationId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Names and request ids that an operation has whoever asks for it: machines that exist already, or
 * a request that was seen already, are how Compute Engine tells that it is asked again.
 */
final class Tokens {
  private static final int MAX_NAME = 63;
  private static final int DIGITS = 8;
  private static final int RADIX = 36;

  private Tokens() {}

  /** The names of an operation's machines, beginning as their group's do. */
  static List<String> names(String base, OperationId operation, int count) {
    String suffix = "-" + digest(operation.value()) + "-";
    int room = MAX_NAME - suffix.length() - Integer.toString(count, RADIX).length();
    String begin = base.replace("#", "");
    String prefix = begin.substring(0, Math.min(begin.length(), room));
    return IntStream.range(0, count)
        .mapToObj(at -> prefix + suffix + Integer.toString(at, RADIX))
        .toList();
  }

  /** The name of an operation's resize request. */
  static String resizeRequest(OperationId operation) {
    return "windlass-" + digest(operation.value());
  }

  /** A request id; the same text has the same, which is never the zero one. */
  static String requestId(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      String digits = new BigInteger(1, hash).toString(RADIX);
      return "0".repeat(Math.max(0, DIGITS - digits.length()))
          + digits.substring(0, Math.min(DIGITS, digits.length()));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has SHA-256", absent);
    }
  }
}
