package dev.windlass.core.scaledown;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Taint;
import java.util.Optional;

/**
 * A daemon goes with its node. One that asks for it is evicted when all others have gone, unless it
 * would come back at once, as it tolerates the taint of nodes that are removed.
 */
final class DaemonSetPodRule implements DrainabilityRule {
  private static final Taint BEING_REMOVED = Taint.noSchedule(Keys.DISRUPTED);

  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    if (!pod.isDaemon()) {
      return Optional.empty();
    }
    boolean asks = "true".equals(pod.metadata().annotations().get(Keys.EVICT_DAEMON));
    boolean returns =
        pod.spec().rules().tolerations().stream()
            .anyMatch(toleration -> toleration.tolerates(BEING_REMOVED));
    return Optional.of(
        asks && !returns && !pod.status().isTerminal()
            ? new DrainVerdict.EvictLast()
            : new DrainVerdict.Skip());
  }
}
