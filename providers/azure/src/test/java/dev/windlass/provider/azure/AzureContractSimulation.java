package dev.windlass.provider.azure;

import dev.windlass.provider.contract.LongProviderContract;
import dev.windlass.provider.contract.Rig;

/** The contract over the Azure provider, at length. */
class AzureContractSimulation extends LongProviderContract {
  @Override
  protected Rig rig() {
    return new AzureContractRig();
  }
}
