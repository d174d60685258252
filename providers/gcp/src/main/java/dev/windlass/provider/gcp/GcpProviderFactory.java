package dev.windlass.provider.gcp;

import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CallRate;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Makes clients of Google Cloud. Settings, all optional: {@code project} of the groups that name
 * none, {@code cluster} (a GKE cluster, {@code PROJECT/LOCATION/NAME}), {@code timeout} and {@code
 * relist} (ISO 8601 durations), {@code endpoint} (an address in place of the services' own), {@code
 * credentials} ({@code none} for emulators). Credentials are the application's default ones.
 */
public final class GcpProviderFactory implements CloudProviderFactory {
  @Override
  public String kind() {
    return "gcp";
  }

  @Override
  public CloudProvider create(Map<String, String> settings, CallBudget budget) {
    return new GcpProvider(GcpSettings.of(settings), budget, InstantSource.system());
  }

  /** Compute Engine's default for each group of methods, refilled with each minute. */
  @Override
  public Optional<CallRate> rate(String method) {
    return method.contains(".") ? Optional.of(CallRate.perMinute(1_500)) : Optional.empty();
  }
}
