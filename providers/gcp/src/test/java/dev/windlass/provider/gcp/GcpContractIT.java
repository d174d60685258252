package dev.windlass.provider.gcp;

import dev.windlass.provider.contract.ProviderContract;
import dev.windlass.provider.contract.Rig;
import java.io.IOException;

/** The contract over Google Cloud. */
class GcpContractIT extends ProviderContract {
  @Override
  protected Rig rig() throws IOException {
    return new GcpRig();
  }
}
