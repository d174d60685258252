package dev.windlass.provider.azure;

import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.time.InstantSource;
import java.util.Map;

/**
 * Makes clients of Azure. Settings: {@code subscription} (required), {@code region} of the groups
 * that name none, {@code timeout} (ISO 8601, of each request, 10 seconds if unset), {@code
 * endpoint} (Resource Manager's address), {@code prices} (the retail price list's address).
 * Credentials come from the SDK's usual chain: environment, workload identity, managed identity; an
 * endpoint without TLS is an emulator and gets none.
 */
public final class AzureProviderFactory implements CloudProviderFactory {
  @Override
  public String kind() {
    return "azure";
  }

  @Override
  public CloudProvider create(Map<String, String> settings, CallBudget budget) {
    return new AzureProvider(AzureSettings.of(settings), budget, InstantSource.system());
  }
}
