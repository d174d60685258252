package dev.windlass.daemon.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.Parsed;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One of several clouds hangs or refuses; the others keep their cadence. */
class CloudIsolationTest {
  private static final NodeGroupName HERE = new NodeGroupName("here");
  private static final NodeGroupName THERE = new NodeGroupName("there");

  private final FakeCloud prompt = new FakeCloud();
  private final FakeCloud stuck = new FakeCloud();
  private final CountDownLatch read = new CountDownLatch(10);
  private final CountDownLatch released = new CountDownLatch(1);

  @Test
  void aCloudThatHangsSlowsNoOther() throws InterruptedException {
    prompt.reading = read::countDown;
    stuck.reading = this::hang;
    try (CloudCache cache = ofBoth()) {
      cache.start(Duration.ofMillis(20));

      assertThat(read.await(20, TimeUnit.SECONDS)).as("ten readings of the other").isTrue();
      assertThat(cache.views()).containsOnlyKeys(HERE);
      assertThat(stuck.calls).as("one reading under way at most").hasSizeLessThan(2);
    } finally {
      released.countDown();
    }
  }

  @Test
  void aCloudWithoutCredentialsIsNamedAndTheOthersAreServed() throws InterruptedException {
    prompt.reading = read::countDown;
    stuck.view =
        new CloudOutcome.Failed<>(
            new CloudFailure(
                CloudFailure.Cause.PERMISSION, "container.clusters.get on projects/acme"));
    try (CloudCache cache = ofBoth()) {
      cache.start(Duration.ofMillis(20));

      assertThat(read.await(20, TimeUnit.SECONDS)).as("ten readings of the other").isTrue();
      assertThat(cache.views()).containsOnlyKeys(HERE);
      assertThat(cache.standing(THERE).map(CloudStanding::trouble))
          .contains("container.clusters.get on projects/acme");
    }
  }

  private CloudCache ofBoth() {
    ProviderRegistry providers =
        new ProviderRegistry(Map.of("aws", prompt, "gcp", stuck), Map.of(), CallBudget.UNLIMITED);
    List<NodeGroupDefinition> groups =
        List.of(
            definition(HERE, "aws: {autoScalingGroup: g}"),
            definition(THERE, "gcp: {location: z, instanceGroupManager: g}"));
    return new CloudCache(providers, () -> groups, InstantSource.system(), () -> {}, _ -> {});
  }

  private void hang() {
    try {
      released.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static NodeGroupDefinition definition(NodeGroupName name, String provider) {
    NodeGroupResource resource =
        Serialization.unmarshal(
            """
            apiVersion: windlass.dev/v1alpha1
            kind: NodeGroup
            metadata: {name: %s}
            spec:
              provider: {%s}
              minSize: 0
              maxSize: 3
            """
                .formatted(name, provider),
            NodeGroupResource.class);
    return switch (NodeGroupMapping.parse(resource, InstanceCatalogue.EMPTY)) {
      case Parsed.Ok<NodeGroupDefinition> ok -> ok.value();
      case Parsed.Bad<NodeGroupDefinition> bad -> throw new AssertionError(bad.message());
    };
  }
}
