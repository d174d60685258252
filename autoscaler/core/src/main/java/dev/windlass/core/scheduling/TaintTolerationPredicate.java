package dev.windlass.core.scheduling;

import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.Taint;
import java.util.Optional;

/** Every taint that keeps pods away must be tolerated; {@code PreferNoSchedule} keeps none away. */
final class TaintTolerationPredicate implements NodePredicate {
  @Override
  public Optional<Refusal> refuse(PodSpec pod, NodeFacts node) {
    for (Taint taint : node.taints()) {
      if (taint.effect() != Taint.Effect.PREFER_NO_SCHEDULE
          && pod.rules().tolerations().stream().noneMatch(each -> each.tolerates(taint))) {
        String value = taint.value().isEmpty() ? "" : "=" + taint.value();
        return Optional.of(
            new Refusal(
                Refusal.Rule.TAINT, "the pod does not tolerate the taint " + taint.key() + value));
      }
    }
    return Optional.empty();
  }
}
