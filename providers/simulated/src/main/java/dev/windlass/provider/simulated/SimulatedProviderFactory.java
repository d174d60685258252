package dev.windlass.provider.simulated;

import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes clients of a simulated cloud. Settings: {@code endpoint} (an http address, required),
 * {@code token} (sent as a bearer token), {@code timeout} (ISO 8601, for each call, 5 seconds if
 * unset).
 */
public final class SimulatedProviderFactory implements CloudProviderFactory {
  private static final Set<String> KNOWN = Set.of("endpoint", "token", "timeout");
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

  @Override
  public String kind() {
    return "simulated";
  }

  @Override
  public CloudProvider create(Map<String, String> settings, CallBudget budget) {
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the simulated provider knows the settings " + new TreeSet<>(KNOWN) + ", not " + unknown);
    }
    return new SimulatedProvider(
        endpoint(settings), settings.getOrDefault("token", ""), timeout(settings), budget);
  }

  private static URI endpoint(Map<String, String> settings) {
    String endpoint = settings.get("endpoint");
    if (endpoint == null || endpoint.isBlank()) {
      throw new IllegalArgumentException("the simulated provider needs the setting endpoint");
    }
    return URI.create(endpoint.endsWith("/") ? endpoint : endpoint + "/");
  }

  private static Duration timeout(Map<String, String> settings) {
    String timeout = settings.get("timeout");
    if (timeout == null) {
      return USUAL_TIMEOUT;
    }
    try {
      return Duration.parse(timeout);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException(
          "the setting timeout of the simulated provider is a duration like PT5S, not " + timeout,
          malformed);
    }
  }
}
