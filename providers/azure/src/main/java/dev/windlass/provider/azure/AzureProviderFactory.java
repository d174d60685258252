package dev.windlass.provider.azure;

import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CallRate;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

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

  /**
   * What Azure Compute refills for a subscription in a minute. It lets three times as much through
   * at once, which is left to the subscription's other programs.
   */
  @Override
  public Optional<CallRate> rate(String method) {
    return switch (method) {
      case "VirtualMachineScaleSets_Update" -> Optional.of(CallRate.perMinute(500));
      case "VirtualMachineScaleSets_DeleteInstances" -> Optional.of(CallRate.perMinute(175));
      case "VirtualMachineScaleSets_Get" -> Optional.of(CallRate.perMinute(800));
      case "VirtualMachineScaleSetVMs_List" -> Optional.of(CallRate.perMinute(360));
      case "VirtualMachines_List",
          "VirtualMachineScaleSets_List",
          "VirtualMachineScaleSets_ListAll" ->
          Optional.of(CallRate.perMinute(300));
      case "Operations_Get" -> Optional.of(CallRate.perMinute(5_000));
      case String _ -> Optional.empty();
    };
  }
}
