package dev.windlass.provider.azure;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The provider's settings.
 *
 * @param subscription whose groups they are
 * @param region of the groups that name none; empty if each has to
 * @param endpoint Resource Manager's address
 * @param prices the retail price list's address
 * @param timeout of one request
 */
record AzureSettings(
    String subscription, String region, URI endpoint, URI prices, Duration timeout) {
  private static final Set<String> KNOWN =
      Set.of("subscription", "region", "endpoint", "prices", "timeout");

  AzureSettings {
    if (subscription.isEmpty()) {
      throw new IllegalArgumentException("the provider azure needs the setting subscription");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the setting timeout of azure must be positive");
    }
  }

  /** Reads them; throws {@link IllegalArgumentException} for what is unknown or malformed. */
  static AzureSettings of(Map<String, String> settings) {
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the provider azure knows the settings " + new TreeSet<>(KNOWN) + ", not " + unknown);
    }
    return new AzureSettings(
        settings.getOrDefault("subscription", ""),
        settings.getOrDefault("region", ""),
        address("endpoint", settings.getOrDefault("endpoint", "https://management.azure.com")),
        address("prices", settings.getOrDefault("prices", "https://prices.azure.com")),
        timeout(settings.getOrDefault("timeout", "PT10S")));
  }

  private static URI address(String setting, String text) {
    URI address;
    try {
      address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "the setting " + setting + " of azure is no address: " + text, malformed);
    }
    if (address.getScheme() == null || address.getHost() == null) {
      throw new IllegalArgumentException(
          "the setting " + setting + " of azure is no address: " + text);
    }
    return address;
  }

  private static Duration timeout(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "the setting timeout of azure is no ISO 8601 duration: " + text, malformed);
    }
  }
}
