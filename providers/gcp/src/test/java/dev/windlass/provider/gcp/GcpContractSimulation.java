package dev.windlass.provider.gcp;

import dev.windlass.provider.contract.LongProviderContract;
import dev.windlass.provider.contract.Rig;
import java.io.IOException;

/** The contract over Google Cloud, at length. */
class GcpContractSimulation extends LongProviderContract {
  @Override
  protected Rig rig() throws IOException {
    return new GcpRig();
  }
}
