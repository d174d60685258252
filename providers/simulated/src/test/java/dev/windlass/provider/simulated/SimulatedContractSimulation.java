package dev.windlass.provider.simulated;

import dev.windlass.provider.contract.LongProviderContract;
import dev.windlass.provider.contract.Rig;
import java.io.IOException;

/** The contract over the simulated provider, at length. */
class SimulatedContractSimulation extends LongProviderContract {
  @Override
  protected Rig rig() throws IOException {
    return new SimulatedRig();
  }
}
