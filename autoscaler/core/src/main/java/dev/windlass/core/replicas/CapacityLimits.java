package dev.windlass.core.replicas;

import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Joins what scale-up could not place to the scalers whose pods these are. */
final class CapacityLimits {
  private final Map<ObjectKey, Shortage> byPod;
  private final Map<ObjectKey, List<Shortage>> toCome = new HashMap<>();

  /**
   * Limits.
   *
   * @param byPod why each pod finds no node; pods to come are called as {@link Lookahead} does
   */
  CapacityLimits(Map<ObjectKey, Shortage> byPod) {
    this.byPod = byPod;
    byPod.forEach((pod, shortage) -> {
      int end = pod.name().indexOf(Lookahead.ORDINAL);
      if (end >= 0) {
        ObjectKey scaler = new ObjectKey(pod.namespace(), pod.name().substring(0, end));
        toCome.computeIfAbsent(scaler, _ -> new ArrayList<>()).add(shortage);
      }
    });
  }

  /**
   * What limits a decision, if something does. Pods that may push others out of their place are not
   * kept back, nor those of a strict scaler.
   *
   * @param pods the pods that the target has
   */
  Optional<CapacityLimit> of(
      ReplicaDecision decision, ReplicaScaler scaler, ScaleTarget target, List<Pod> pods) {
    List<Shortage> coming = toCome.getOrDefault(scaler.key(), List.of());
    List<Shortage> all = new ArrayList<>(coming);
    pods.stream().map(pod -> byPod.get(pod.key())).filter(Objects::nonNull).forEach(all::add);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    boolean mayPreempt = target.template() != null && target.template().spec().priority() > 0;
    boolean told = scaler.settings().strict() || mayPreempt;
    Shortage cause = all.getFirst();
    return Optional.of(
        new CapacityLimit(
            told ? Integer.MAX_VALUE : decision.size().desired() - coming.size(),
            cause.reason(),
            all.size()
                + " of its pods find no node: "
                + cause.message()
                + (cause.until() == null
                    ? "; no end is known"
                    : "; expected after " + cause.until())));
  }
}
