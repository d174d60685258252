package dev.windlass.provider.azure;

import dev.windlass.provider.contract.ProviderContract;
import dev.windlass.provider.contract.Rig;

/** The contract over the Azure provider. */
class AzureContractIT extends ProviderContract {
  @Override
  protected Rig rig() {
    return new AzureContractRig();
  }
}
