package dev.windlass.provider.spi;

import java.util.Map;
import java.util.Optional;

/** Found by ServiceLoader: makes the client of one kind of cloud. */
public interface CloudProviderFactory {
  /**
   * The provider's name in a NodeGroup: {@code aws}, {@code azure}, {@code gcp}, {@code simulated}.
   */
  String kind();

  /**
   * Makes a client; connects lazily.
   *
   * @param settings the provider's settings from the Configuration document
   * @param budget asked before every request
   */
  CloudProvider create(Map<String, String> settings, CallBudget budget);

  /**
   * How often a method may be called by what its cloud documents, asked for any method of any
   * cloud.
   *
   * @return empty for a method of another cloud, or of which its cloud says nothing
   */
  default Optional<CallRate> rate(String method) {
    return Optional.empty();
  }
}
