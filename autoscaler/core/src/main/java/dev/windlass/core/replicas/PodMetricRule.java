package dev.windlass.core.replicas;

import dev.windlass.core.replicas.MetricResult.Proposed;
import dev.windlass.core.replicas.PodTarget.PodSum;
import dev.windlass.core.replicas.PodTarget.Usage;
import java.util.Optional;

/**
 * Replicas from a metric that each pod has. Pods that say nothing are taken to use what makes the
 * change smaller; where that turns the change around, nothing changes.
 */
final class PodMetricRule {
  private PodMetricRule() {}

  /**
   * Proposes.
   *
   * @param current the replicas that the target was asked for
   * @param pods with at least one that counts
   * @return empty when no sample belongs to a pod with a request
   */
  static Optional<Proposed> propose(
      int current, PodTally pods, PodTarget target, Tolerance tolerance) {
    return target
        .usage(pods.counted())
        .map(usage ->
            new Proposed(
                replicas(current, pods, target, tolerance, usage.ratio()), usage.current()));
  }

  private static int replicas(
      int current, PodTally pods, PodTarget target, Tolerance tolerance, double ratio) {
    boolean growsDespiteUnready = pods.unready().count() > 0 && ratio > 1.0;
    if (!growsDespiteUnready && pods.missing().count() == 0) {
      return tolerance.contains(ratio) ? current : MetricResult.ceil(ratio * pods.readyPods());
    }
    PodSum filled = filled(pods, ratio);
    double careful = target.usage(filled).map(Usage::ratio).orElse(ratio);
    boolean turned = (ratio < 1.0 && careful > 1.0) || (ratio > 1.0 && careful < 1.0);
    if (tolerance.contains(careful) || turned) {
      return current;
    }
    int replicas = MetricResult.ceil(careful * filled.count());
    boolean contradicts =
        (careful < 1.0 && replicas > current) || (careful > 1.0 && replicas < current);
    return contradicts ? current : replicas;
  }

  private static PodSum filled(PodTally pods, double ratio) {
    if (ratio < 1.0) {
      return pods.counted().plus(pods.missing());
    }
    return ratio > 1.0
        ? pods.counted().plus(pods.missing().idle()).plus(pods.unready())
        : pods.counted();
  }
}
