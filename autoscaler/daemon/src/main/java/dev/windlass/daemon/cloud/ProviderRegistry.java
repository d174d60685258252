package dev.windlass.daemon.cloud;

import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The clouds that are on the class path, each made when it is first needed. */
public final class ProviderRegistry implements AutoCloseable {
  private final Map<String, CloudProviderFactory> factories;
  private final Map<String, Map<String, String>> settings;
  private final CallBudget budget;
  private final Map<String, GuardedProvider> made = new ConcurrentHashMap<>();

  ProviderRegistry(
      Map<String, CloudProviderFactory> factories,
      Map<String, Map<String, String>> settings,
      CallBudget budget) {
    this.factories = new TreeMap<>(factories);
    this.settings = Map.copyOf(settings);
    this.budget = budget;
  }

  /**
   * Finds the providers and makes those that have settings, so that bad settings fail the start.
   *
   * @param settings by provider kind
   * @param budget asked before every request
   * @throws IllegalArgumentException when settings are bad, or name a provider that is not there
   */
  public static ProviderRegistry discover(
      Map<String, Map<String, String>> settings, CallBudget budget) {
    Map<String, CloudProviderFactory> factories = new HashMap<>();
    for (CloudProviderFactory factory : ServiceLoader.load(CloudProviderFactory.class)) {
      factories.put(factory.kind(), factory);
    }
    ProviderRegistry registry = new ProviderRegistry(factories, settings, budget);
    for (String kind : settings.keySet()) {
      if (registry.provider(kind).isEmpty()) {
        throw new IllegalArgumentException(
            "no provider " + kind + " on the class path, only " + registry.factories.keySet());
      }
    }
    return registry;
  }

  /** The provider of a kind; empty when it is not on the class path. */
  Optional<GuardedProvider> provider(String kind) {
    CloudProviderFactory factory = factories.get(kind);
    if (factory == null) {
      return Optional.empty();
    }
    return Optional.of(
        made.computeIfAbsent(
            kind,
            _ ->
                new GuardedProvider(
                    factory.create(
                        CallRates.without(settings.getOrDefault(kind, Map.of())), budget))));
  }

  @Override
  public void close() {
    made.values().forEach(CloudProvider::close);
  }
}
