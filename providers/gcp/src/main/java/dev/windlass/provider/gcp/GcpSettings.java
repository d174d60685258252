package dev.windlass.provider.gcp;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The provider's settings.
 *
 * @param project of the groups that name none
 * @param cluster a GKE cluster, {@code PROJECT/LOCATION/NAME}, or empty
 * @param endpoint replaces the address of every service
 * @param anonymous requests carry no credentials: for emulators
 * @param timeout of one request
 * @param relist how old a group's list of machines may become while nothing points to a change
 */
record GcpSettings(
    String project,
    String cluster,
    Optional<URI> endpoint,
    boolean anonymous,
    Duration timeout,
    Duration relist) {
  private static final Set<String> KNOWN =
      Set.of("project", "cluster", "endpoint", "credentials", "timeout", "relist");

  GcpSettings {
    if (timeout.isNegative() || timeout.isZero() || relist.isNegative()) {
      throw new IllegalArgumentException("the settings timeout and relist of gcp are not negative");
    }
    if (!cluster.isEmpty() && cluster.split("/").length != 3) {
      throw new IllegalArgumentException("the setting cluster of gcp is PROJECT/LOCATION/NAME");
    }
  }

  /** Reads them; throws {@link IllegalArgumentException} for what is unknown or malformed. */
  static GcpSettings of(Map<String, String> settings) {
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the provider gcp knows the settings " + new TreeSet<>(KNOWN) + ", not " + unknown);
    }
    return new GcpSettings(
        settings.getOrDefault("project", ""),
        settings.getOrDefault("cluster", ""),
        endpoint(settings),
        anonymous(settings.getOrDefault("credentials", "default")),
        duration(settings, "timeout", Duration.ofSeconds(10)),
        duration(settings, "relist", Duration.ofMinutes(1)));
  }

  private static boolean anonymous(String credentials) {
    return switch (credentials) {
      case "default" -> false;
      case "none" -> true;
      case String other ->
          throw new IllegalArgumentException(
              "the setting credentials of gcp is default or none, not '" + other + "'");
    };
  }

  private static Optional<URI> endpoint(Map<String, String> settings) {
    return Optional.ofNullable(settings.get("endpoint")).map(URI::create);
  }

  private static Duration duration(Map<String, String> settings, String name, Duration usual) {
    String text = settings.get(name);
    try {
      return text == null ? usual : Duration.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "the setting " + name + " of gcp is no ISO 8601 duration: " + text, malformed);
    }
  }
}
