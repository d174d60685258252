package dev.windlass.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node group: what may be bought and what has been ordered.
 *
 * @param name the NodeGroup resource's name
 * @param identity its uid and version
 * @param size how large it is and may be
 * @param offerings what can be bought, all alternatives
 * @param settings how it is scaled
 * @param matchLabels without a cloud: a node with these labels belongs to the group
 */
public record NodeGroup(
    NodeGroupName name,
    Identity identity,
    Size size,
    List<Offering> offerings,
    Settings settings,
    Map<String, String> matchLabels) {
  public NodeGroup {
    offerings = List.copyOf(offerings);
    matchLabels = Map.copyOf(matchLabels);
  }

  /** The same with other offerings. */
  public NodeGroup withOfferings(List<Offering> others) {
    return new NodeGroup(name, identity, size, others, settings, matchLabels);
  }

  /**
   * Sizes, in nodes.
   *
   * @param min never fewer
   * @param max never more
   * @param target what the cloud was last asked for
   */
  public record Size(int min, int max, int target) {
    public Size {
      if (min < 0 || max < min || target < 0) {
        throw new IllegalArgumentException(
            "need 0 <= min <= max and target >= 0, got min "
                + min
                + " max "
                + max
                + " target "
                + target);
      }
    }
  }

  /**
   * How a group is scaled.
   *
   * @param mode whether Windlass acts on it
   * @param priority larger is preferred before price is compared
   * @param gpuStack the stack that turns its machines into GPU nodes, or null
   * @param scaleDown its own timers, or null for the policy's
   * @param provisionTimeout how long a machine may take until its node is ready
   * @param warmNodes GPU nodes that are kept free for pods to come
   */
  public record Settings(
      Mode mode,
      int priority,
      @Nullable GpuStackName gpuStack,
      @Nullable ScaleDownOverride scaleDown,
      Duration provisionTimeout,
      int warmNodes) {
    /** A group without warm nodes. */
    public Settings(
        Mode mode,
        int priority,
        @Nullable GpuStackName gpuStack,
        @Nullable ScaleDownOverride scaleDown,
        Duration provisionTimeout) {
      this(mode, priority, gpuStack, scaleDown, provisionTimeout, 0);
    }

    public static final Settings USUAL =
        new Settings(Mode.ACTING, 0, null, null, Duration.ofMinutes(15));
  }

  /** Whether Windlass acts on a group. */
  public enum Mode {
    ACTING,
    DRY_RUN,
    PAUSED
  }

  /**
   * A group's own scale-down settings; null fields follow the policy.
   *
   * @param enabled whether its nodes may be removed at all
   * @param unneededTime how long a node must be unneeded
   * @param utilizationThreshold the share of requests below which a node is underutilized, 0 to 1
   */
  public record ScaleDownOverride(
      @Nullable Boolean enabled,
      @Nullable Duration unneededTime,
      @Nullable Double utilizationThreshold) {}
}
