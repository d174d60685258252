package dev.windlass.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.NodeGroupStatus;
import dev.windlass.simulations.controlplane.RealControlPlane;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A leader is paused after it has written its intent and before its call reaches the cloud, and
 * another one takes over. Whenever the call arrives after that, a machine is bought once.
 */
class PausedLeaderIT {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final long PATIENCE_SECONDS = 60;

  /** When the call of the first leader arrives, and the first leader goes on. */
  enum Arrival {
    AS_SOON_AS_ANOTHER_LEADS,
    AFTER_THE_OTHER_HAS_BOUGHT
  }

  @ParameterizedTest
  @EnumSource
  void twoReplicasNeverBothHaveAnEffect(Arrival arrival) throws IOException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (DemoStage stage = RestartedRun.stage();
        ClusterWatch watch = new ClusterWatch(stage.admin());
        MortalDaemon first =
            new MortalDaemon(
                stage, NEVER, method -> method.equals("GET") || hold(held, released))) {
      RealControlPlane.await("the first leads", first::leading);
      RealControlPlane.await("a web pod runs", () -> RestartedRun.running(watch, "web") == 1);
      RestartedRun.scale(stage.admin(), "web", 6);
      RealControlPlane.await("its call is held", () -> held.getCount() == 0);
      assertThat(intents(stage)).as("its intent is written").hasSize(1);
      first.die();
      try (MortalDaemon second = new MortalDaemon(stage, NEVER, _ -> true)) {
        RealControlPlane.await("the second leads", second::leading);
        if (arrival == Arrival.AFTER_THE_OTHER_HAS_BOUGHT) {
          RealControlPlane.await("the second bought", () -> !stage.fleet().orders().isEmpty());
        }
        released.countDown();
        first.goOn();
        RealControlPlane.await("the first call arrives", () -> first.answers() == 1);
        RealControlPlane.await(
            () -> "all pods run: " + stage.fleet().orders(),
            () -> RestartedRun.running(watch, "web") == 6);
        assertThat(first.leading()).isFalse();
        assertThat(second.leading()).isTrue();
        RealControlPlane.await("no intent is left", () -> intents(stage).isEmpty());
      }
      assertThat(stage.fleet().orders())
          .singleElement()
          .satisfies(order -> assertThat(order.to() - order.from()).isEqualTo(1));
    } finally {
      released.countDown();
    }
  }

  /** Lets a call wait on its way; then it passes. */
  private static boolean hold(CountDownLatch held, CountDownLatch released) {
    held.countDown();
    try {
      return released.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<NodeGroupStatus.Operation> intents(DemoStage stage) {
    NodeGroupStatus status =
        stage.admin().resources(NodeGroupResource.class).withName("general").get().getStatus();
    return status == null ? List.of() : status.operations();
  }
}
