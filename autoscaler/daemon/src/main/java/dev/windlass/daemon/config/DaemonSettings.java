package dev.windlass.daemon.config;

import dev.windlass.core.model.Policy;
import dev.windlass.engine.Pacing;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that a daemon is started with.
 *
 * @param policy how it decides
 * @param pacing how often it ticks
 * @param http where it answers
 * @param leaderElection how one of several daemons is chosen
 * @param providers settings of each kind of cloud, handed to its provider as they are
 * @param metricHosts the Prometheus servers that ReplicaScalers may name: host names, {@code *.}
 *     and a domain, or IP addresses
 * @param scaleTargets kinds beside those of {@code apps} that ReplicaScalers may scale, each
 *     written {@code GROUP/VERSION/KIND}
 * @param dryRun whether it decides and reports but changes nothing
 */
public record DaemonSettings(
    Policy policy,
    Pacing pacing,
    Http http,
    LeaderElection leaderElection,
    Map<String, Map<String, String>> providers,
    List<String> metricHosts,
    List<String> scaleTargets,
    boolean dryRun) {
  /** The defaults of the Configuration document. */
  public static final DaemonSettings DEFAULT =
      new DaemonSettings(
          Policy.DEFAULT,
          Pacing.DEFAULT,
          Http.DEFAULT,
          LeaderElection.DEFAULT,
          Map.of(),
          List.of(),
          List.of(),
          false);

  public DaemonSettings {
    providers = Map.copyOf(providers);
    metricHosts = List.copyOf(metricHosts);
    scaleTargets = List.copyOf(scaleTargets);
  }

  /** Settings that allow no Prometheus server and no other scale targets. */
  public DaemonSettings(
      Policy policy,
      Pacing pacing,
      Http http,
      LeaderElection leaderElection,
      Map<String, Map<String, String>> providers,
      boolean dryRun) {
    this(policy, pacing, http, leaderElection, providers, List.of(), List.of(), dryRun);
  }

  /** The same settings with another policy. */
  public DaemonSettings withPolicy(Policy changed) {
    return new DaemonSettings(
        changed, pacing, http, leaderElection, providers, metricHosts, scaleTargets, dryRun);
  }

  /** The same settings with another address to answer on. */
  public DaemonSettings withHttp(Http changed) {
    return new DaemonSettings(
        policy, pacing, changed, leaderElection, providers, metricHosts, scaleTargets, dryRun);
  }

  /** The same settings, changing nothing in cluster and cloud. */
  public DaemonSettings withDryRun() {
    return new DaemonSettings(
        policy, pacing, http, leaderElection, providers, metricHosts, scaleTargets, true);
  }

  /**
   * Where metrics, health and the dashboard are served.
   *
   * @param address an IP address; anything but loopback needs a token
   * @param port 0 lets the system choose
   * @param tokenFile a file with the bearer token that is asked for; empty for none
   */
  public record Http(String address, int port, String tokenFile) {
    public static final Http DEFAULT = new Http("127.0.0.1", 9464, "");
  }

  /**
   * How one of several daemons is chosen: a Lease.
   *
   * @param enabled whether there may be others
   * @param namespace the Lease's namespace
   * @param name the Lease's name
   * @param leaseDuration how long a leader that went silent is waited for
   * @param renewDeadline how long a leader tries to renew before it gives up
   * @param retryPeriod the pause between two tries
   */
  public record LeaderElection(
      boolean enabled,
      String namespace,
      String name,
      Duration leaseDuration,
      Duration renewDeadline,
      Duration retryPeriod) {
    public static final LeaderElection DEFAULT =
        new LeaderElection(
            true,
            "windlass-system",
            "windlass",
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));
  }
}
