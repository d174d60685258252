package dev.windlass.daemon.dashboard;

import dev.windlass.core.scaleup.Unhelped.Reason;
import dev.windlass.core.scaleup.UnhelpedRule;
import dev.windlass.core.scaleup.UnhelpedRule.Outcome;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of all node groups' answers, the one that is nearest to a yes: what to show first. */
final class Nearness {
  private Nearness() {}

  /** The nearest answer among those with the pod's outcome; null when there is none. */
  static @Nullable Reason nearest(List<Reason> reasons, Outcome outcome) {
    return reasons.stream()
        .filter(reason -> reason.rule().outcome() == outcome)
        .min(Comparator.comparingInt(reason -> distance(reason.rule())))
        .orElse(null);
  }

  /** Limits first, for they are one number; then the pod's size; then where it may run. */
  static int distance(UnhelpedRule rule) {
    return switch (rule) {
      case MAX_SIZE -> 0;
      case QUOTA, NO_OFFERING, GPU_STACK, GPU_QUARANTINE, BACKOFF -> 1;
      case GANG, SCALE_UP_DELAY, STALE_INPUT, DEFERRED, PAUSED, EXPENDABLE, INVALID_SPEC -> 2;
      case TOPOLOGY_SPREAD, POD_ANTI_AFFINITY, POD_AFFINITY, HOST_PORT -> 3;
      case VOLUME_RESTRICTIONS, NODE_VOLUME_LIMITS, VOLUME_BINDING, VOLUME_ZONE -> 3;
      case GPU_SHARE, DEVICE_CLAIM, DEVICES, TOO_LARGE -> 4;
      case MISSING_RESOURCE, TAINT -> 5;
      case NODE_AFFINITY, NODE_SELECTOR, NODE_NAME -> 6;
      case NO_NODE_GROUP -> 7;
    };
  }
}
