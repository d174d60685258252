package dev.windlass.daemon.http;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the endpoints listen, and for whom.
 *
 * @param address the address to bind; any but a loopback address needs a token
 * @param port the TCP port; 0 lets the system choose
 * @param bearerToken what callers of metrics and API must send, or null for everybody who can reach
 *     the address
 * @param hostNames further names under which a browser may ask, in lower case without a port;
 *     {@code localhost} and IP addresses are always allowed
 */
public record HttpSettings(
    InetAddress address, int port, @Nullable String bearerToken, Set<String> hostNames) {
  /** A shorter token could be guessed. */
  private static final int MIN_TOKEN_LENGTH = 16;

  public HttpSettings {
    hostNames = Set.copyOf(hostNames);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (bearerToken != null && bearerToken.strip().length() < MIN_TOKEN_LENGTH) {
      throw new IllegalArgumentException(
          "a bearer token needs at least " + MIN_TOKEN_LENGTH + " characters");
    }
    if (bearerToken == null && !address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "listening on "
              + address.getHostAddress()
              + " needs a bearer token: without one only a loopback address is allowed");
    }
  }

  /** Only this machine, without a token. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings(InetAddress.getLoopbackAddress(), port, null, Set.of());
  }

  /** Never shows the token. */
  @Override
  public String toString() {
    return address.getHostAddress() + ":" + port + (bearerToken == null ? "" : " with a token");
  }
}
