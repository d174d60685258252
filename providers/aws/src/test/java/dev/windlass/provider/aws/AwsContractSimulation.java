package dev.windlass.provider.aws;

import dev.windlass.provider.contract.LongProviderContract;
import dev.windlass.provider.contract.Rig;
import java.io.IOException;

/** The contract over the AWS provider, at length. */
class AwsContractSimulation extends LongProviderContract {
  @Override
  protected Rig rig() throws IOException {
    return new AwsContractRig();
  }
}
