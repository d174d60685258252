package dev.windlass.core.replicas;

import dev.windlass.core.replicas.MetricResult.Proposed;
import dev.windlass.core.replicas.PodTarget.Usage;
import java.util.HashMap;
import java.util.Map;
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
   * @return empty when no sample belongs to a pod with a request
   */
  static Optional<Proposed> propose(
      int current, PodSampling pods, PodTarget target, Tolerance tolerance) {
    return target
        .usage(pods.milli())
        .map(usage ->
            new Proposed(
                replicas(current, pods, target, tolerance, usage.ratio()), usage.current()));
  }

  private static int replicas(
      int current, PodSampling pods, PodTarget target, Tolerance tolerance, double ratio) {
    boolean growsDespiteUnready = !pods.unready().isEmpty() && ratio > 1.0;
    if (!growsDespiteUnready && pods.missing().isEmpty()) {
      return tolerance.contains(ratio) ? current : MetricResult.ceil(ratio * pods.readyCount());
    }
    Map<String, Long> filled = filled(pods, target, ratio);
    double careful = target.usage(filled).map(Usage::ratio).orElse(ratio);
    boolean turned = (ratio < 1.0 && careful > 1.0) || (ratio > 1.0 && careful < 1.0);
    if (tolerance.contains(careful) || turned) {
      return current;
    }
    int replicas = MetricResult.ceil(careful * filled.size());
    boolean contradicts =
        (careful < 1.0 && replicas > current) || (careful > 1.0 && replicas < current);
    return contradicts ? current : replicas;
  }

  private static Map<String, Long> filled(PodSampling pods, PodTarget target, double ratio) {
    Map<String, Long> filled = new HashMap<>(pods.milli());
    if (ratio < 1.0) {
      pods.missing().forEach(pod -> filled.put(pod, target.assumedWhenShrinking(pod)));
    } else if (ratio > 1.0) {
      pods.missing().forEach(pod -> filled.put(pod, 0L));
      pods.unready().forEach(pod -> filled.put(pod, 0L));
    }
    return filled;
  }
}
