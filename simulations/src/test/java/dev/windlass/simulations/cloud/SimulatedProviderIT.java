package dev.windlass.simulations.cloud;

import static dev.windlass.simulations.cloud.Clouds.START;
import static dev.windlass.simulations.cloud.Clouds.WEB;
import static dev.windlass.simulations.cloud.Clouds.increase;
import static dev.windlass.simulations.cloud.Clouds.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.provider.spi.CallBudget;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.CloudProviderFactory;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated provider against the simulated cloud, over HTTP on loopback. */
class SimulatedProviderIT {
  private static final CloudFault.Window ALWAYS = new CloudFault.Window(Instant.MIN, Instant.MAX);

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final CloudState cloud = Clouds.withMachines(1);
  private final CloudHttp http = new CloudHttp(cloud, now::get, "secret");
  private final CloudProvider provider = provider("secret", CallBudget.UNLIMITED);

  @AfterEach
  void stop() {
    provider.close();
    http.close();
  }

  @Test
  void readsWhatTheCloudHas() {
    assertThat(provider.observe(WEB)).isEqualTo(cloud.describe("web-asg", START));
  }

  @Test
  void growsAndShrinks() {
    assertThat(provider.increase(WEB, increase(1, 3), operation("a:1")))
        .isEqualTo(new CloudOutcome.Done<>(Receipt.of(3)));
    InstanceId machine = view().instances().getFirst().id();
    assertThat(provider.delete(WEB, machine, operation("b")))
        .isEqualTo(new CloudOutcome.Done<>(new Deletion.Accepted()));
    assertThat(view().target()).isEqualTo(2);
    assertThat(view().instances())
        .extracting(Instance::state)
        .contains(Instance.State.DELETING, Instance.State.CREATING);
  }

  @Test
  void repeatsAnOperationWithoutASecondEffect() {
    provider.increase(WEB, increase(1, 3), operation("a"));

    assertThat(provider.increase(WEB, increase(1, 3), operation("a")))
        .isEqualTo(new CloudOutcome.Done<>(Receipt.of(3)));
    assertThat(view().instances()).hasSize(3);
  }

  @Test
  void saysConflictForAnotherTarget() {
    assertThat(provider.increase(WEB, increase(2, 3), operation("a")))
        .isInstanceOf(CloudOutcome.Conflict.class);
  }

  @Test
  void handsTheCloudsRefusalOn() {
    cloud.addFault(new CloudFault.Stockout("m.large", "zone-a", ALWAYS));

    assertThat(cause(provider.increase(WEB, increase(1, 3), operation("a"))))
        .isEqualTo(Cause.CAPACITY);
  }

  @Test
  void reportsAFailedPurchaseOnce() {
    cloud.addFault(new CloudFault.LaunchFailure("m.large", ALWAYS));
    provider.increase(WEB, increase(1, 2), operation("a"));
    now.set(START.plusSeconds(60));

    assertThat(view().failures()).hasSize(1);
    assertThat(view().failures()).isEmpty();
  }

  @Test
  void lostAnswerToAChangeIsUnknownAndTheRepeatFindsItDone() {
    cloud.addFault(new CloudFault.LostAnswers(new CloudFault.Window(START, START.plusSeconds(1))));

    assertThat(provider.increase(WEB, increase(1, 2), operation("a")))
        .isInstanceOf(CloudOutcome.Unknown.class);
    now.set(START.plusSeconds(2));
    assertThat(provider.increase(WEB, increase(1, 2), operation("a")))
        .isEqualTo(new CloudOutcome.Done<>(Receipt.of(2)));
  }

  @Test
  void unreachableCloudFailsWithoutEffect() {
    http.close();

    assertThat(cause(provider.increase(WEB, increase(1, 2), operation("a"))))
        .isEqualTo(Cause.TRANSIENT);
    assertThat(cause(provider.observe(WEB))).isEqualTo(Cause.TRANSIENT);
  }

  @Test
  void wrongTokenAndUnknownGroupAreRefused() {
    try (CloudProvider stranger = provider("guess", CallBudget.UNLIMITED)) {
      assertThat(cause(stranger.observe(WEB))).isEqualTo(Cause.CONFIG);
    }
    GroupReference unknown = new GroupReference(WEB.name(), "no such/group", "", List.of());
    assertThat(cause(provider.observe(unknown))).isEqualTo(Cause.CONFIG);
  }

  @Test
  void sendsNothingWithoutBudget() {
    try (CloudProvider frugal = provider("secret", (_, _, method) -> !method.equals("increase"))) {
      assertThat(cause(frugal.increase(WEB, increase(1, 2), operation("a"))))
          .isEqualTo(Cause.THROTTLED);
      assertThat(frugal.observe(WEB)).isInstanceOf(CloudOutcome.Done.class);
    }
    assertThat(view().target()).isEqualTo(1);
  }

  @Test
  void refusesSettingsThatItDoesNotKnow() {
    assertThatThrownBy(() -> factory().create(Map.of("endpont", "x"), CallBudget.UNLIMITED))
        .hasMessageContaining("endpont");
    assertThatThrownBy(() -> factory().create(Map.of(), CallBudget.UNLIMITED))
        .hasMessageContaining("endpoint");
  }

  private GroupView view() {
    return switch (provider.observe(WEB)) {
      case CloudOutcome.Done<GroupView> done -> done.value();
      case CloudOutcome<GroupView> other -> throw new AssertionError(other);
    };
  }

  private CloudProvider provider(String token, CallBudget budget) {
    return factory()
        .create(
            Map.of("endpoint", http.uri().toString(), "token", token, "timeout", "PT20S"), budget);
  }

  private static CloudProviderFactory factory() {
    return ServiceLoader.load(CloudProviderFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.kind().equals("simulated"))
        .findFirst()
        .orElseThrow();
  }

  private static Cause cause(CloudOutcome<?> outcome) {
    if (outcome instanceof CloudOutcome.Failed<?> failed) {
      return failed.failure().cause();
    }
    throw new AssertionError(outcome);
  }
}
