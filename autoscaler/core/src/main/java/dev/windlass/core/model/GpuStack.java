package dev.windlass.core.model;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How GPU nodes are made: only what the decision needs of the GpuStack resource.
 *
 * @param name its name
 * @param resource the extended resource that the device plugin advertises
 * @param deadlines how long each phase may take; a phase that is absent has the default
 * @param maxAttempts how many machines may be tried for one that failed
 * @param health how devices in trouble are repaired
 * @param upgrade how nodes follow a change of the stack
 */
public record GpuStack(
    GpuStackName name,
    String resource,
    Map<GpuPhase, Duration> deadlines,
    int maxAttempts,
    Health health,
    Upgrade upgrade) {
  /** A stack with the usual repairs, whose nodes are never out of date. */
  public GpuStack(
      GpuStackName name, String resource, Map<GpuPhase, Duration> deadlines, int maxAttempts) {
    this(name, resource, deadlines, maxAttempts, Health.USUAL, Upgrade.NONE);
  }

  /**
   * How devices in trouble are repaired.
   *
   * @param enabled whether nodes are reset, booted or replaced at all; isolated they are always
   * @param maxRepairs nodes of a group that are emptied and repaired at a time
   * @param quiet how long a repaired node must be without trouble before it counts as healthy
   */
  public record Health(boolean enabled, int maxRepairs, Duration quiet) {
    public static final Health USUAL = new Health(true, 1, Duration.ofMinutes(10));
  }

  /**
   * How nodes follow a change of the stack.
   *
   * @param version names what is installed on a node; a node made by another version is out of date
   * @param maxSurge nodes of a group that are replaced at a time; 0 leaves all as they are
   */
  public record Upgrade(String version, int maxSurge) {
    public static final Upgrade NONE = new Upgrade("", 0);
  }

  public GpuStack {
    EnumMap<GpuPhase, Duration> copy = new EnumMap<>(GpuPhase.class);
    copy.putAll(deadlines);
    deadlines = Collections.unmodifiableMap(copy);
  }
}
