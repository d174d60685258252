package dev.windlass.core.model;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The rules that hold for the whole cluster: the {@code Configuration} document.
 *
 * @param scaleUp buying nodes
 * @param scaleDown removing nodes
 * @param replicas scaling workloads
 * @param gpu bootstrapping GPU nodes
 * @param staleness how old each source may be
 * @param assumeElapsed whether waiting periods count as over, for a plan from a dump
 */
public record Policy(
    ScaleUp scaleUp,
    ScaleDown scaleDown,
    Replicas replicas,
    GpuBootstrap gpu,
    Staleness staleness,
    boolean assumeElapsed) {
  /** The defaults of the Configuration document. */
  public static final Policy DEFAULT =
      new Policy(
          ScaleUp.DEFAULT,
          ScaleDown.DEFAULT,
          Replicas.DEFAULT,
          GpuBootstrap.DEFAULT,
          Staleness.DEFAULT,
          false);

  /** The same policy with every waiting period over. */
  public Policy withElapsed() {
    return new Policy(scaleUp, scaleDown, replicas, gpu, staleness, true);
  }

  /**
   * Buying nodes.
   *
   * @param maxNewNodes nodes that one decision may order; the rest is deferred
   * @param expendableBelow pods with a lower priority buy no node and keep none
   * @param schedulerNames the schedulers whose pods nodes are bought for
   * @param defaultSpread the cluster's hard default topology spread constraints, the largest skew
   *     by topology key; for pods of a ReplicaSet, StatefulSet or ReplicationController that have
   *     none
   * @param backoffInitial how long a failed group is left alone, doubled with each failure
   * @param backoffMax the longest that it is left alone
   */
  public record ScaleUp(
      int maxNewNodes,
      int expendableBelow,
      Set<String> schedulerNames,
      Map<String, Integer> defaultSpread,
      Duration backoffInitial,
      Duration backoffMax) {
    public static final ScaleUp DEFAULT =
        new ScaleUp(
            5_000,
            -10,
            Set.of(Pod.Placement.DEFAULT_SCHEDULER),
            Map.of(),
            Duration.ofMinutes(1),
            Duration.ofMinutes(30));

    public ScaleUp {
      schedulerNames = Set.copyOf(schedulerNames);
      defaultSpread = Map.copyOf(defaultSpread);
    }

    /** Whether the pod is one that nodes are bought for, as far as its scheduler goes. */
    public boolean serves(Pod pod) {
      return schedulerNames.contains(pod.placement().schedulerName());
    }
  }

  /**
   * Removing nodes.
   *
   * @param enabled whether nodes are removed at all
   * @param unneededTime how long a node must be unneeded
   * @param unreadyTime how long a node must be unready before it is removed
   * @param delayAfterAdd how long after a group grew its nodes stay
   * @param drainTimeout how long a drain may last before a disruption budget calls it off
   * @param utilizationThreshold the share of requests at or below which a node is underutilized
   * @param limits how much may go at once
   */
  public record ScaleDown(
      boolean enabled,
      Duration unneededTime,
      Duration unreadyTime,
      Duration delayAfterAdd,
      Duration drainTimeout,
      double utilizationThreshold,
      Limits limits) {
    public static final ScaleDown DEFAULT =
        new ScaleDown(
            true,
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            0.5,
            Limits.DEFAULT);

    /**
     * How much may go at once, in nodes.
     *
     * @param maxEmpty empty nodes being removed at a time
     * @param maxDraining nodes with pods being removed at a time
     * @param maxCandidates occupied nodes that one decision tries to empty
     */
    public record Limits(int maxEmpty, int maxDraining, int maxCandidates) {
      public static final Limits DEFAULT = new Limits(50, 5, 1_000);
    }
  }

  /**
   * Scaling workloads; the flags of the HorizontalPodAutoscaler controller.
   *
   * @param tolerance how far from one a ratio may be without a change
   * @param downscaleStabilization how long the highest proposal holds
   * @param cpuInitializationPeriod how long after its start a pod's cpu is not trusted
   * @param initialReadinessDelay how long after its start a pod may become unready and count so
   * @param syncPeriod how often scalers are looked at
   */
  public record Replicas(
      double tolerance,
      Duration downscaleStabilization,
      Duration cpuInitializationPeriod,
      Duration initialReadinessDelay,
      Duration syncPeriod) {
    public static final Replicas DEFAULT =
        new Replicas(
            0.1,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15));
  }

  /**
   * Bootstrapping GPU nodes.
   *
   * @param replaceFailed whether a machine that failed is deleted, so that another is bought
   */
  public record GpuBootstrap(boolean replaceFailed) {
    public static final GpuBootstrap DEFAULT = new GpuBootstrap(true);
  }

  /**
   * How old each source may be before what depends on it is blocked.
   *
   * @param kubernetes age of the informers' view; more than the minute between two bookmarks
   * @param cloud age of the clouds' lists
   * @param metrics age of the metrics
   */
  public record Staleness(Duration kubernetes, Duration cloud, Duration metrics) {
    public static final Staleness DEFAULT =
        new Staleness(Duration.ofMinutes(3), Duration.ofMinutes(3), Duration.ofMinutes(2));

    /** The limit of one source. */
    public Duration limit(Source source) {
      return switch (source) {
        case KUBERNETES -> kubernetes;
        case CLOUD -> cloud;
        case METRICS -> metrics;
      };
    }
  }
}
