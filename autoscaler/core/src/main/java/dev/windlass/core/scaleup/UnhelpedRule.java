package dev.windlass.core.scaleup;

import java.util.Locale;

/**
 * Why a node group does not help a pending pod, and who can change that. One table for the
 * dashboard, the events, the metrics and the plan.
 */
public enum UnhelpedRule {
  NODE_NAME(Outcome.NEEDS_YOU),
  NODE_SELECTOR(Outcome.NEEDS_YOU),
  NODE_AFFINITY(Outcome.NEEDS_YOU),
  TAINT(Outcome.NEEDS_YOU),
  HOST_PORT(Outcome.NEEDS_YOU),
  TOO_LARGE(Outcome.NEEDS_YOU),
  MISSING_RESOURCE(Outcome.NEEDS_YOU),
  GPU_SHARE(Outcome.NEEDS_YOU),
  VOLUME_RESTRICTIONS(Outcome.WAITING),
  NODE_VOLUME_LIMITS(Outcome.NEEDS_YOU),
  VOLUME_BINDING(Outcome.NEEDS_YOU),
  VOLUME_ZONE(Outcome.NEEDS_YOU),
  DEVICE_CLAIM(Outcome.NEEDS_YOU),
  DEVICES(Outcome.NEEDS_YOU),
  POD_AFFINITY(Outcome.NEEDS_YOU),
  POD_ANTI_AFFINITY(Outcome.NEEDS_YOU),
  TOPOLOGY_SPREAD(Outcome.NEEDS_YOU),
  MAX_SIZE(Outcome.NEEDS_YOU),
  QUOTA(Outcome.NEEDS_YOU),
  EXPENDABLE(Outcome.NEEDS_YOU),
  INVALID_SPEC(Outcome.NEEDS_YOU),
  PAUSED(Outcome.NEEDS_YOU),
  NO_OFFERING(Outcome.NEEDS_YOU),
  GPU_STACK(Outcome.NEEDS_YOU),
  NO_NODE_GROUP(Outcome.NEEDS_YOU),
  BACKOFF(Outcome.WAITING),
  GPU_QUARANTINE(Outcome.WAITING),
  GANG(Outcome.WAITING),
  SCALE_UP_DELAY(Outcome.WAITING),
  STALE_INPUT(Outcome.WAITING),
  DEFERRED(Outcome.WAITING);

  private final Outcome outcome;

  UnhelpedRule(Outcome outcome) {
    this.outcome = outcome;
  }

  /** Who can change it. */
  public Outcome outcome() {
    return outcome;
  }

  /** The word that users read, for instance {@code MaxSize}. */
  public String title() {
    StringBuilder title = new StringBuilder();
    for (String word : name().split("_", -1)) {
      title.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return title.toString();
  }

  /** What a pending pod waits for. */
  public enum Outcome {
    /** Only a change by a person helps. */
    NEEDS_YOU,
    /** Something that has a name ends by itself. */
    WAITING,
    /** A node with room for it is on its way. */
    NODE_COMING
  }
}
