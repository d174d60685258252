package dev.windlass.core.gpu;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import dev.windlass.core.model.Source;
import java.time.Duration;
import java.time.Instant;

/**
 * How well the decision sees. A source without an observation time has no age, as in a dump.
 *
 * @param kubernetes whether the API server's part is fresh
 * @param cloud whether the clouds' part is fresh
 * @param now the decision's time
 */
record Sight(boolean kubernetes, boolean cloud, Instant now) {
  static Sight of(ClusterSnapshot snapshot, Policy policy, Instant now) {
    return new Sight(
        isFresh(snapshot, policy, now, Source.KUBERNETES),
        isFresh(snapshot, policy, now, Source.CLOUD),
        now);
  }

  private static boolean isFresh(
      ClusterSnapshot snapshot, Policy policy, Instant now, Source source) {
    Instant observed = snapshot.observedAt().get(source);
    return observed == null
        || Duration.between(observed, now).compareTo(policy.staleness().limit(source)) <= 0;
  }
}
