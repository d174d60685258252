package dev.windlass.daemon.cloud;

import dev.windlass.provider.spi.CallRate;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * How often each method of each cloud may be called: as the Configuration says, else as the
 * provider knows from its cloud's documents, else {@link #USUAL}. Clouds name their methods so
 * differently that a method's name tells its cloud.
 */
public final class CallRates {
  /** For methods of which no cloud says anything. */
  public static final CallRate USUAL = CallRate.perSecond(20);

  /** What a provider's settings about rates begin with; the method's name follows. */
  static final String SETTING = "rate.";

  private final Map<String, CallRate> configured = new HashMap<>();
  private final List<CloudProviderFactory> factories;

  CallRates(Collection<CloudProviderFactory> factories, Map<String, Map<String, String>> settings) {
    this.factories = List.copyOf(factories);
    settings.forEach((kind, own) ->
        own.forEach((key, value) -> {
          if (key.startsWith(SETTING)) {
            configured.put(key.substring(SETTING.length()), read(kind, key, value));
          }
        }));
  }

  /**
   * The rates of the providers on the class path.
   *
   * @param settings by provider kind
   * @throws IllegalArgumentException when a configured rate is malformed
   */
  public static CallRates discover(Map<String, Map<String, String>> settings) {
    List<CloudProviderFactory> factories = new ArrayList<>();
    ServiceLoader.load(CloudProviderFactory.class).forEach(factories::add);
    return new CallRates(factories, settings);
  }

  private static CallRate read(String kind, String key, String value) {
    try {
      return CallRate.parse(value);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "providers." + kind + "." + key + ": " + malformed.getMessage(), malformed);
    }
  }

  /** The rate of a method. */
  CallRate of(String method) {
    CallRate own = configured.get(method);
    return own != null
        ? own
        : factories.stream().flatMap(each -> each.rate(method).stream()).findFirst().orElse(USUAL);
  }

  /** What is left of a provider's settings for the provider itself. */
  static Map<String, String> without(Map<String, String> settings) {
    return settings.entrySet().stream()
        .filter(each -> !each.getKey().startsWith(SETTING))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
