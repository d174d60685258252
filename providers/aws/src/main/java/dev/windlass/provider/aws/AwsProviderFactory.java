package dev.windlass.provider.aws;

import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CallRate;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Makes clients of AWS. Settings, all optional: {@code region} of the groups that name none, {@code
 * account} (the account's name in the call budget), {@code timeout} (ISO 8601, of each request, 10
 * seconds if unset), {@code endpoint} (an address in place of the services' own), {@code queue}
 * (the name of the queue of SQS that notices come by, in the region above). Credentials come from
 * the SDK's usual chain: web identity, pod identity, environment, profile, instance.
 */
public final class AwsProviderFactory implements CloudProviderFactory {
  @Override
  public String kind() {
    return "aws";
  }

  @Override
  public CloudProvider create(Map<String, String> settings, CallBudget budget) {
    AwsSettings parsed = AwsSettings.of(settings);
    return new AwsProvider(
        new AwsClients(parsed, budget, () -> DefaultCredentialsProvider.builder().build()),
        !parsed.queue().isEmpty(),
        InstantSource.system());
  }

  /** EC2 refills the tokens of its descriptions so; Auto Scaling's rates are not published. */
  @Override
  public Optional<CallRate> rate(String method) {
    return method.startsWith("Describe") ? Optional.of(CallRate.perSecond(20)) : Optional.empty();
  }
}
