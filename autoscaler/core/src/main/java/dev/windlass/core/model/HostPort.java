package dev.windlass.core.model;

/**
 * A port that a container takes on its node.
 *
 * @param ip the address it binds; {@code 0.0.0.0} is every address
 * @param protocol TCP, UDP or SCTP
 * @param port 1 to 65535
 */
public record HostPort(String ip, String protocol, int port) implements Comparable<HostPort> {
  public static final String ANY_ADDRESS = "0.0.0.0";

  /** Whether both cannot be had on one node. */
  public boolean conflictsWith(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (ip.equals(other.ip) || ip.equals(ANY_ADDRESS) || other.ip.equals(ANY_ADDRESS));
  }

  @Override
  public int compareTo(HostPort other) {
    int byPort = Integer.compare(port, other.port);
    int byProtocol = byPort != 0 ? byPort : protocol.compareTo(other.protocol);
    return byProtocol != 0 ? byProtocol : ip.compareTo(other.ip);
  }
}
