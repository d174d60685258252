package dev.windlass.simulations.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decider;
import dev.windlass.core.decision.Decision;
import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scheduling.ClusterMaps;
import dev.windlass.engine.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mutated objects of every kind that is watched, through the informers into a decision. The seed is
 * in the test's name.
 */
class BadInputIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyObjectIsReadOrRefusedAlone(long seed) {
    MutatedCluster cluster = new MutatedCluster(seed);
    try (FeedServer server = FeedServer.start(cluster.feeds());
        FedObserver observer = new FedObserver(server.uri(), CLOCK)) {
      ClusterSnapshot snapshot = observer.first(PATIENCE);

      Decision decision =
          Decider.decide(
              snapshot,
              AutoscalerState.EMPTY,
              Policy.DEFAULT.withElapsed(),
              CLOCK.instant(),
              new ClusterMaps());

      assertThat(observer.failures)
          .as("no list is lost")
          .noneMatch(each -> each.contains("An error has occurred"));
      assertThat(snapshot.capacity().nodes()).hasSize(cluster.count("/api/v1/nodes"));
      assertThat(snapshot.workloads().pods()).hasSize(cluster.count("/api/v1/pods"));
      assertThat(snapshot.workloads().budgets())
          .hasSize(cluster.count("/apis/policy/v1/poddisruptionbudgets"));
      assertThat(decision.actions()).isNotEmpty();
      Set<String> bad = bad(snapshot);
      assertThat(bad).isNotEmpty();
      assertThat(decision.actions()).noneMatch(action -> bad.contains(target(action)));
      assertThat(decision.plans().scaleUp().placements())
          .noneMatch(placement -> bad.contains(placement.pod().toString()));
    }
  }

  /** Pods and nodes that are stood in for, because they could not be read. */
  private static Set<String> bad(ClusterSnapshot snapshot) {
    Set<String> bad = new HashSet<>();
    snapshot.workloads().pods().stream()
        .filter(pod -> pod.placement().invalidSpec() != null)
        .forEach(pod -> bad.add(pod.key().toString()));
    snapshot.capacity().nodes().stream()
        .filter(node -> node.spec().unschedulable())
        .forEach(node -> bad.add(node.name().toString()));
    return bad;
  }

  /** The node or pod that an action changes. */
  private static String target(Action action) {
    return Lane.of(action).name().replaceFirst("^(node|pod)/", "");
  }
}
