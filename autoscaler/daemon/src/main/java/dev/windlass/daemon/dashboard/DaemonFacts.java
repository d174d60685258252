package dev.windlass.daemon.dashboard;

import dev.windlass.core.model.Policy;

/**
 * What the dashboard's header says about the daemon itself.
 *
 * @param cluster the cluster's name
 * @param version the daemon's version
 * @param mode whether it acts
 * @param leader the replica that decides; empty when there is only one
 * @param staleness how old each source may be
 */
public record DaemonFacts(
    String cluster, String version, Mode mode, String leader, Policy.Staleness staleness) {
  /** Whether the daemon acts on what it decides. */
  public enum Mode {
    ACTING("Acting"),
    DRY_RUN("Dry run"),
    PAUSED("Paused"),
    STANDBY("Standby");

    private final String title;

    Mode(String title) {
      this.title = title;
    }

    /** The word that users read. */
    public String title() {
      return title;
    }
  }

  /** An acting daemon with the default limits. */
  public static DaemonFacts acting(String cluster, String version) {
    return new DaemonFacts(cluster, version, Mode.ACTING, "", Policy.Staleness.DEFAULT);
  }
}
