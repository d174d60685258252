package dev.windlass.daemon.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an endpoint answers.
 *
 * @param status the HTTP status
 * @param contentType the media type
 * @param body the bytes; never changed by anyone
 * @param etag names the content without what changes by itself, in quotes; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody
public record Answer(int status, String contentType, byte[] body, String etag) {
  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain; charset=utf-8";

  /** A JSON document. */
  static Answer json(ObjectNode document) {
    byte[] body = document.toString().getBytes(StandardCharsets.UTF_8);
    return new Answer(200, JSON, body, etag(body));
  }

  /** Plain text. */
  public static Answer text(int status, String text) {
    return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8), "");
  }

  /** An error as a JSON document. */
  public static Answer error(int status, String message) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("apiVersion", Fields.API_VERSION);
    document.put("kind", "Error");
    document.put("message", message);
    return new Answer(status, JSON, document.toString().getBytes(StandardCharsets.UTF_8), "");
  }

  /** A file that never changes while the daemon runs. */
  public static Answer file(String contentType, byte[] body) {
    return new Answer(200, contentType, body, etag(body));
  }

  /** The same with another media type. */
  public Answer as(String type) {
    return new Answer(status, type, body, etag);
  }

  private static String etag(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
