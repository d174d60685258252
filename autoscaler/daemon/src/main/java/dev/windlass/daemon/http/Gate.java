package dev.windlass.daemon.http;

import com.sun.net.httpserver.Headers;
import dev.windlass.daemon.dashboard.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is let in: it reads only, it names a host that is ours (so that a
 * foreign page can't reach a loopback address under a name of its own), and it has the token.
 */
final class Gate {
  private static final Pattern IP_ADDRESS =
      Pattern.compile("\\[[0-9a-f:.]+]|\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final String SCHEME = "bearer ";

  private final HttpSettings settings;

  Gate(HttpSettings settings) {
    this.settings = settings;
  }

  /** The answer that turns the request away, if it is turned away. */
  Optional<Answer> refuse(String method, String path, Headers headers) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Optional.of(Answer.error(405, "Only GET and HEAD: nothing can be changed here."));
    }
    if (isProbe(path)) {
      return Optional.empty();
    }
    if (!isOurs(headers.getFirst("Host"))) {
      return Optional.of(Answer.error(421, "This host name is not one of the daemon's."));
    }
    if (needsToken(path) && !hasToken(headers.getFirst("Authorization"))) {
      return Optional.of(Answer.error(401, "A bearer token is needed."));
    }
    return Optional.empty();
  }

  /** A kubelet's probes have neither name nor token, and learn nothing. */
  private static boolean isProbe(String path) {
    return path.equals("/healthz") || path.equals("/readyz");
  }

  private static boolean needsToken(String path) {
    return path.startsWith("/api/") || path.equals("/metrics");
  }

  private boolean isOurs(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
    return name.equals("localhost")
        || IP_ADDRESS.matcher(name).matches()
        || settings.hostNames().contains(name);
  }

  private boolean hasToken(@Nullable String authorization) {
    String token = settings.bearerToken();
    if (token == null) {
      return true;
    }
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    return MessageDigest.isEqual(bytes(token), bytes(authorization.substring(SCHEME.length())));
  }

  private static byte[] bytes(String token) {
    return token.strip().getBytes(StandardCharsets.UTF_8);
  }
}
