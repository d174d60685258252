package dev.windlass.simulations.demo;

import dev.windlass.provider.testkit.FakeCloud;
import dev.windlass.provider.testkit.VirtualClock;
import dev.windlass.provider.testkit.aws.FakeAws;
import dev.windlass.provider.testkit.azure.FakeAzure;
import dev.windlass.provider.testkit.gcp.FakeGcp;
import dev.windlass.simulations.cloud.CloudDelays;
import dev.windlass.simulations.cloud.CloudGroup;
import dev.windlass.simulations.cloud.FakeFleet;
import dev.windlass.simulations.cloud.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fakes of real clouds on loopback; the daemon asks them through its real adapters. */
final class FakeDemoCloud implements DemoCloud {
  private static final int PAGE = 100;
  private static final long SEED = 42;

  private final Map<DemoProvider, FakeCloud> clouds = new EnumMap<>(DemoProvider.class);
  private final Map<String, Map<String, String>> providers = new LinkedHashMap<>();
  private final FakeFleet fleet;

  FakeDemoCloud(
      DemoProvider provider, List<CloudGroup> groups, CloudDelays delays, InstantSource clock) {
    List<FakeFleet.Member> members =
        groups.stream()
            .map(group ->
                new FakeFleet.Member(cloud(provider.of(group.name().value()), clock), group))
            .toList();
    fleet = new FakeFleet(members, delays, clock);
  }

  private FakeCloud cloud(DemoProvider provider, InstantSource clock) {
    return clouds.computeIfAbsent(provider, it -> start(it, new VirtualClock(clock.instant())));
  }

  private FakeCloud start(DemoProvider provider, VirtualClock clock) {
    try {
      return switch (provider) {
        case AWS -> aws(clock);
        case AZURE -> azure(clock);
        case GCP -> gcp(clock);
        case SIMULATED, ALL -> throw new IllegalArgumentException(provider + " is no cloud");
      };
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** The SDK's usual chain of credentials begins with these properties. */
  private FakeCloud aws(VirtualClock clock) throws IOException {
    System.setProperty("aws.accessKeyId", "demo");
    System.setProperty("aws.secretAccessKey", "demo");
    FakeAws fake = new FakeAws(clock.instant());
    providers.put("aws", Map.of("region", "us-east-1", "endpoint", fake.endpoint().toString()));
    return fake;
  }

  private FakeCloud azure(VirtualClock clock) {
    FakeAzure fake = new FakeAzure(clock, PAGE);
    String endpoint = fake.endpoint().toString();
    providers.put(
        "azure",
        Map.of(
            "subscription",
            fake.subscription(),
            "region",
            "eastus",
            "endpoint",
            endpoint,
            "prices",
            endpoint));
    return fake;
  }

  private FakeCloud gcp(VirtualClock clock) throws IOException {
    FakeGcp fake = new FakeGcp(clock, SEED, PAGE);
    providers.put(
        "gcp",
        Map.of(
            "project",
            ProviderScenario.GCP_PROJECT,
            "endpoint",
            fake.endpoint().toString(),
            "credentials",
            "none"));
    return fake;
  }

  @Override
  public Fleet fleet() {
    return fleet;
  }

  /** The fake of a provider; for tests that let it fail. */
  FakeCloud cloud(DemoProvider provider) {
    FakeCloud cloud = clouds.get(provider);
    if (cloud == null) {
      throw new IllegalArgumentException("no group is in " + provider);
    }
    return cloud;
  }

  @Override
  public Map<String, Map<String, String>> providers() {
    return Map.copyOf(providers);
  }

  @Override
  public void close() {
    clouds.values().forEach(FakeCloud::close);
  }
}
