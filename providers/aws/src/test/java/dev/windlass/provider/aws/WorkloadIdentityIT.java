package dev.windlass.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.provider.testkit.aws.FakeAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

/** The web identity of a service account works with the libraries that are shipped. */
class WorkloadIdentityIT {
  private static final String STS_ENDPOINT = "aws.endpointUrlSts";
  private static final String REGION = "aws.region";

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(STS_ENDPOINT);
    System.clearProperty(REGION);
  }

  @Test
  void changesATokenForCredentials() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "header.payload.signature");
    try (FakeAws aws = new FakeAws(Instant.now())) {
      System.setProperty(STS_ENDPOINT, aws.endpoint().toString());
      System.setProperty(REGION, "us-east-1");
      try (WebIdentityTokenFileCredentialsProvider identity =
          WebIdentityTokenFileCredentialsProvider.builder()
              .roleArn("arn:aws:iam::123456789012:role/windlass")
              .roleSessionName("windlass")
              .webIdentityTokenFile(token)
              .build()) {
        AwsCredentials credentials = identity.resolveCredentials();

        assertThat(credentials.accessKeyId()).isEqualTo("of-windlass");
      }
      assertThat(aws.journal().of("AssumeRoleWithWebIdentity")).hasSize(1);
    }
  }
}
