package dev.windlass.provider.simulated;

import dev.windlass.provider.contract.ProviderContract;
import dev.windlass.provider.contract.Rig;
import java.io.IOException;

/** The contract over the simulated provider. */
class SimulatedContractIT extends ProviderContract {
  @Override
  protected Rig rig() throws IOException {
    return new SimulatedRig();
  }
}
