package dev.windlass.core.decision;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Policy;
import dev.windlass.core.scaledown.KeptReason;
import dev.windlass.core.scaledown.ScaleDownPlan;
import dev.windlass.core.scaledown.ScaleDownPlan.Kept;
import dev.windlass.core.scaleup.ScaleUpPlan;
import dev.windlass.core.scaleup.Unhelped;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.core.scheduling.ClusterMap;
import dev.windlass.core.scheduling.ClusterMap.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The plans of a decision whose input is too old: nothing is done, and everything says why. */
final class BlockedNodes {
  private BlockedNodes() {}

  static ScaleUpPlan scaleUp(ClusterMap map, Policy.ScaleUp policy, String message) {
    Unhelped.Reason reason = new Unhelped.Reason(null, UnhelpedRule.STALE_INPUT, message);
    List<Unhelped> unhelped =
        map.unsettled().pods().stream()
            .filter(Pod::isPending)
            .filter(policy::serves)
            .filter(pod -> !pod.isDaemon())
            .map(pod -> new Unhelped(pod.key(), List.of(reason)))
            .sorted(Comparator.comparing(Unhelped::pod))
            .toList();
    return new ScaleUpPlan(List.of(), List.of(), unhelped, List.of());
  }

  static ScaleDownPlan scaleDown(ClusterMap map, AutoscalerState state, String message) {
    List<Kept> kept = new ArrayList<>();
    for (Site site : map.sites().values()) {
      if (site.group() != null) {
        kept.add(
            new Kept(
                site.node().name(),
                site.group().name(),
                KeptReason.STALE_INPUT,
                null,
                message,
                null));
      }
    }
    return new ScaleDownPlan(List.of(), kept, state.unneededSince(), List.of());
  }
}
