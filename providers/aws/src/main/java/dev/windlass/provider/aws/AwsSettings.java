package dev.windlass.provider.aws;

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
 * @param account names the account to the call budget
 * @param region of the groups that name none; empty if each has to
 * @param endpoint replaces the address of every service
 * @param timeout of one request with everything around it
 * @param queue the name of the queue that notices come by; empty for none
 */
record AwsSettings(
    String account, String region, Optional<URI> endpoint, Duration timeout, String queue) {
  private static final Set<String> KNOWN =
      Set.of("account", "region", "endpoint", "timeout", "queue");
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  AwsSettings {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the setting timeout of aws must be positive");
    }
  }

  /** Reads them; throws {@link IllegalArgumentException} for what is unknown or malformed. */
  static AwsSettings of(Map<String, String> settings) {
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the provider aws knows the settings " + new TreeSet<>(KNOWN) + ", not " + unknown);
    }
    return new AwsSettings(
        settings.getOrDefault("account", "aws"),
        settings.getOrDefault("region", ""),
        endpoint(settings),
        timeout(settings),
        settings.getOrDefault("queue", ""));
  }

  private static Optional<URI> endpoint(Map<String, String> settings) {
    String text = settings.get("endpoint");
    if (text == null) {
      return Optional.empty();
    }
    URI endpoint = URI.create(text);
    if (endpoint.getScheme() == null || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "the setting endpoint of aws is an address with scheme and host, not " + text);
    }
    return Optional.of(endpoint);
  }

  private static Duration timeout(Map<String, String> settings) {
    String text = settings.get("timeout");
    try {
      return text == null ? USUAL_TIMEOUT : Duration.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "the setting timeout of aws is a duration like PT10S, not " + text, malformed);
    }
  }
}
