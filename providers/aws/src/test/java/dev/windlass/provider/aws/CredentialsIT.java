package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CallBudget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;

/** A start without credentials, or without a permission. */
class CredentialsIT {
  @Test
  void areNamedWhenTheyAreMissingAndLookedForAgain() {
    try (Rig rig = Rig.start();
        AwsProvider provider =
            new AwsProvider(
                new AwsClients(
                    AwsSettings.of(
                        Map.of("region", "us-east-1", "endpoint", rig.aws.endpoint().toString())),
                    CallBudget.UNLIMITED,
                    () -> CredentialsIT::credentials),
                false,
                rig.aws.clock())) {
      CloudFailure missing = Rig.failure(provider.observe(Rig.WEB));
      assertThat(missing.cause()).isEqualTo(Cause.AUTH);
      assertThat(missing.message())
          .contains("autoscaling:DescribeAutoScalingGroups", "Unable to load credentials");

      System.setProperty("aws.accessKeyId", "key");
      System.setProperty("aws.secretAccessKey", "secret");
      assertThat(Rig.value(provider.observe(Rig.WEB)).target()).isZero();
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  private static AwsCredentials credentials() {
    AwsCredentials found = SystemPropertyCredentialsProvider.create().resolveCredentials();
    return AwsBasicCredentials.create(found.accessKeyId(), found.secretAccessKey());
  }

  @Test
  void aGroupThatIsNotOursIsRefusedByNameAndOthersAreChanged() {
    try (Rig rig = Rig.start()) {
      rig.add("theirs", List.of(Rig.LARGE));
      rig.refuse("LaunchInstances", 403, "AccessDenied");

      assertThat(Rig.failure(rig.increase(Rig.group("theirs", List.of(Rig.LARGE)), 0, 1, Map.of())))
          .satisfies(failure -> assertThat(failure.cause()).isEqualTo(Cause.PERMISSION))
          .satisfies(failure ->
              assertThat(failure.message())
                  .contains("autoscaling:LaunchInstances", "Auto Scaling group theirs"));
      assertThat(Rig.value(rig.increase(0, 1)).target()).isEqualTo(1);
    }
  }
}
