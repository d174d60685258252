package dev.windlass.provider.aws;

import dev.windlass.provider.contract.ProviderContract;
import dev.windlass.provider.contract.Rig;
import java.io.IOException;

/** The contract over the AWS provider. */
class AwsContractIT extends ProviderContract {
  @Override
  protected Rig rig() throws IOException {
    return new AwsContractRig();
  }
}
