package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CallBudget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClientBuilder;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/**
 * The SDK's clients, made for each region when it is first needed. The SDK repeats nothing: a
 * request that is repeated unseen escapes the budget and may take effect twice.
 */
final class AwsClients implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 32;

  private final AwsSettings settings;
  private final CallBudget budget;
  private final Supplier<AwsCredentialsProvider> credentialsSource;
  private final Map<String, RegionCalls> regions = new ConcurrentHashMap<>();
  private final SdkHttpClient http;

  AwsClients(AwsSettings settings, CallBudget budget, Supplier<AwsCredentialsProvider> source) {
    this.settings = settings;
    this.budget = budget;
    this.credentialsSource = source;
    this.http =
        Apache5HttpClient.builder()
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeout(settings.timeout())
            .connectionAcquisitionTimeout(settings.timeout())
            .socketTimeout(settings.timeout())
            .build();
  }

  /** The calls of a region; of the default region if it is empty. */
  RegionCalls region(String region) {
    String wanted = region.isEmpty() ? settings.region() : region;
    if (wanted.isEmpty()) {
      throw new CallFailedException(
          Cause.CONFIG, "no region: name one in the NodeGroup or in the settings of aws");
    }
    return regions.computeIfAbsent(wanted, this::connect);
  }

  private RegionCalls connect(String region) {
    AwsCredentialsProvider credentials = credentialsSource.get();
    return new RegionCalls(
        this.<AutoScalingClientBuilder, AutoScalingClient>configured(
                AutoScalingClient.builder(), region, credentials)
            .httpClient(http)
            .build(),
        this.<Ec2ClientBuilder, Ec2Client>configured(Ec2Client.builder(), region, credentials)
            .httpClient(http)
            .build(),
        method -> budget.acquire(settings.account(), region, method));
  }

  private <B extends AwsClientBuilder<B, C>, C> B configured(
      B builder, String region, AwsCredentialsProvider credentials) {
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .overrideConfiguration(each ->
            each.apiCallTimeout(settings.timeout()).retryStrategy(AwsRetryStrategy.doNotRetry()));
  }

  @Override
  public void close() {
    regions.values().forEach(RegionCalls::close);
    http.close();
  }
}
