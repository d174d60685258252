package dev.windlass.core.scaledown;

/** Why an autoscaled node stays; a fixed vocabulary. */
public enum KeptReason {
  SCALE_DOWN_DISABLED("ScaleDownDisabled"),
  STALE_INPUT("StaleInput"),
  GROUP_PAUSED("GroupPaused"),
  GROUP_AT_MIN_SIZE("GroupAtMinSize"),
  RECENT_SCALE_UP("RecentScaleUp"),
  STARTING("Starting"),
  COUNTED_ON("CountedOn"),
  DO_NOT_DISRUPT("DoNotDisrupt"),
  REMOVED_ELSEWHERE("RemovedElsewhere"),
  UTILIZED("Utilized"),
  UNREADY("Unready"),
  UNNEEDED_TIMER("UnneededTimer"),
  NO_PLACE_FOR_POD("NoPlaceForPod"),
  DISRUPTION_BUDGET("DisruptionBudget"),
  NOT_REPLICATED("NotReplicated"),
  CONTROLLER_NOT_FOUND("ControllerNotFound"),
  SYSTEM_POD("SystemPod"),
  NOT_SAFE_TO_EVICT("NotSafeToEvict"),
  LOCAL_STORAGE("LocalStorage"),
  REMOVAL_LIMIT("RemovalLimit"),
  NOT_EXAMINED("NotExamined");

  private final String title;

  KeptReason(String title) {
    this.title = title;
  }

  /** The word that users read. */
  public String title() {
    return title;
  }
}
