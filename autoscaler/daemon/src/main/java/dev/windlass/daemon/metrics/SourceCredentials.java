package dev.windlass.daemon.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks for and what it is recognized by.
 *
 * @param authorization the value of the Authorization header, or null
 * @param certificates the PEM certificates that it is trusted by, or null for the usual ones
 */
record SourceCredentials(@Nullable String authorization, @Nullable String certificates) {
  static final SourceCredentials NONE = new SourceCredentials(null, null);

  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /** The credentials in a Secret: {@code token}, or {@code username} and {@code password}. */
  static Answer<SourceCredentials> of(Map<String, String> secret) {
    String token = secret.getOrDefault("token", "").strip();
    String user = secret.getOrDefault("username", "").strip();
    String certificates = secret.get("ca.crt");
    if (!token.isEmpty()) {
      return TOKEN.matcher(token).matches()
          ? new Answer.Of<>(new SourceCredentials("Bearer " + token, certificates))
          : Answer.none(SourceError.SECRET_UNUSABLE, "its token has characters that none has");
    }
    if (!user.isEmpty()) {
      return new Answer.Of<>(
          new SourceCredentials(basic(user, secret.getOrDefault("password", "")), certificates));
    }
    return certificates == null
        ? Answer.none(
            SourceError.SECRET_UNUSABLE, "it has none of token, username and password, and ca.crt")
        : new Answer.Of<>(new SourceCredentials(null, certificates));
  }

  private static String basic(String user, String password) {
    byte[] both = (user + ":" + password.strip()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "SourceCredentials[…]";
  }
}
