package dev.windlass.daemon.metrics;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which servers may be asked. A ReplicaScaler is written by people who must not reach through the
 * daemon what they can't reach themselves, so servers are named by the Configuration, and addresses
 * of machine metadata are refused whoever names them.
 *
 * @param allowedHosts host names in lower case, {@code *.} and a domain, or IP addresses
 */
record AddressRules(List<String> allowedHosts) {
  /**
   * Metadata and agent addresses of clouds outside the link-local ranges: Alibaba Cloud, Azure,
   * Oracle Cloud; and AWS over IPv6.
   */
  private static final Set<String> METADATA =
      Set.of("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2:0:0:0:0:0:254");

  /** The prefix of IPv4 addresses that are translated from IPv6 (RFC 6052). */
  private static final byte[] TRANSLATED = {
    0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final int IPV4_BYTES = 4;

  AddressRules {
    allowedHosts = List.copyOf(allowedHosts);
  }

  /** Whether the Configuration names this host. */
  boolean allows(String host) {
    String name = bare(host);
    return allowedHosts.stream()
        .anyMatch(allowed ->
            allowed.startsWith("*.") ? name.endsWith(allowed.substring(1)) : name.equals(allowed));
  }

  /**
   * Whether an address is refused: always if it is link-local, multicast or a cloud's metadata; if
   * it is the daemon's own machine unless the Configuration names just this address.
   */
  boolean refuses(InetAddress address) {
    InetAddress meant = untranslated(address);
    if (meant.isLinkLocalAddress()
        || meant.isMulticastAddress()
        || meant.isAnyLocalAddress()
        || METADATA.contains(meant.getHostAddress())) {
      return true;
    }
    return meant.isLoopbackAddress() && !allowedHosts.contains(meant.getHostAddress());
  }

  /** A host without the brackets of an IPv6 address and without a dot at its end. */
  static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[") && lower.endsWith("]")) {
      return lower.substring(1, lower.length() - 1);
    }
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static InetAddress untranslated(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return address;
    }
    boolean compatible =
        new BigInteger(1, Arrays.copyOf(bytes, TRANSLATED.length)).signum() == 0
            && !address.isLoopbackAddress()
            && !address.isAnyLocalAddress();
    boolean translated =
        Arrays.equals(bytes, 0, TRANSLATED.length, TRANSLATED, 0, TRANSLATED.length);
    if (!compatible && !translated) {
      return address;
    }
    try {
      return InetAddress.getByAddress(
          Arrays.copyOfRange(bytes, TRANSLATED.length, TRANSLATED.length + IPV4_BYTES));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("four bytes are an address", impossible);
    }
  }
}
