package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CallBudget;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The SDK's clients, made for each region when it is first needed. The SDK repeats nothing: a
 * request that is repeated unseen escapes the budget and may take effect twice.
 */
final class AwsClients implements AutoCloseable {
  /** How many requests may be under way at a time. */
  static final int AT_A_TIME = 32;

  private final AwsSettings settings;
  private final CallBudget budget;
  private final Supplier<AwsCredentialsProvider> credentialsSource;
  private final Map<String, RegionCalls> regions = new ConcurrentHashMap<>();
  private final Map<String, PriceCalls> prices = new ConcurrentHashMap<>();
  private final Map<String, QueueCalls> queues = new ConcurrentHashMap<>();
  private final SdkHttpClient http;

  AwsClients(AwsSettings settings, CallBudget budget, Supplier<AwsCredentialsProvider> source) {
    this.settings = settings;
    this.budget = budget;
    this.credentialsSource = source;
    this.http =
        Apache5HttpClient.builder()
            .maxConnections(2 * AT_A_TIME)
            .connectionTimeout(settings.timeout())
            .connectionAcquisitionTimeout(settings.timeout())
            .socketTimeout(settings.timeout())
            .build();
  }

  /** The calls of a region; of the default region if it is empty. */
  RegionCalls region(String region) {
    return regions.computeIfAbsent(resolve(region), this::connect);
  }

  /** The region itself; throws {@link CallFailedException} if nothing names one. */
  String resolve(String region) {
    String wanted = region.isEmpty() ? settings.region() : region;
    if (wanted.isEmpty()) {
      throw new CallFailedException(
          Cause.CONFIG, "no region: name one in the NodeGroup or in the settings of aws");
    }
    return wanted;
  }

  /** The price list, which only some regions serve. */
  PriceCalls prices(String region) {
    String serving = region.startsWith("cn-") ? "cn-northwest-1" : "us-east-1";
    return prices.computeIfAbsent(
        serving, name -> new PriceCalls(configured(PricingClient.builder(), name), asked(name)));
  }

  /** The queue of notices, in the default region. */
  QueueCalls queue() {
    return queues.computeIfAbsent(
        resolve(""),
        name ->
            new QueueCalls(configured(SqsClient.builder(), name), asked(name), settings.queue()));
  }

  private RegionCalls connect(String region) {
    return new RegionCalls(
        region,
        new GroupCalls(configured(AutoScalingClient.builder(), region), asked(region)),
        new ComputeCalls(configured(Ec2Client.builder(), region), asked(region)),
        new ClusterCalls(configured(EksClient.builder(), region), asked(region)),
        new QuotaCalls(configured(ServiceQuotasClient.builder(), region), asked(region)));
  }

  private Predicate<String> asked(String region) {
    return method -> budget.acquire(settings.account(), region, method);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C configured(
      B builder, String region) {
    settings.endpoint().ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentialsSource.get())
        .overrideConfiguration(each ->
            each.apiCallTimeout(settings.timeout()).retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClient(http)
        .build();
  }

  @Override
  public void close() {
    regions.values().forEach(RegionCalls::close);
    prices.values().forEach(PriceCalls::close);
    queues.values().forEach(QueueCalls::close);
    http.close();
  }
}
