package dev.windlass.core.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pod.
 *
 * @param key its name
 * @param metadata labels, owner, times
 * @param spec what decides where it fits
 * @param status its phase and conditions
 * @param placement the node it is bound to and what binds it there
 * @param lifecycle how it ends
 */
public record Pod(
    ObjectKey key,
    PodMetadata metadata,
    PodSpec spec,
    PodStatus status,
    Placement placement,
    Lifecycle lifecycle) {

  /**
   * Where the pod is.
   *
   * @param node the node it is bound to, or null
   * @param nominatedNode the node on which preemption makes room for it, or null
   * @param gang the PodGroup it belongs to, in its own namespace, or null
   */
  public record Placement(
      @Nullable NodeName node, @Nullable NodeName nominatedNode, @Nullable String gang) {
    public static final Placement UNPLACED = new Placement(null, null, null);
  }

  /**
   * How the pod ends.
   *
   * @param terminationGrace how long it may take to stop
   * @param restartPolicy whether it is started again
   * @param localStorage what is lost with its node
   */
  public record Lifecycle(
      Duration terminationGrace, RestartPolicy restartPolicy, LocalStorage localStorage) {
    public static final Lifecycle USUAL =
        new Lifecycle(Duration.ofSeconds(30), RestartPolicy.ALWAYS, LocalStorage.NONE);
  }

  /** Whether the pod waits for a node: unbound, not gated, not ending. */
  public boolean isPending() {
    return placement.node() == null
        && metadata.deletedAt() == null
        && !status.isTerminal()
        && status.scheduling() != PodStatus.Scheduling.GATED;
  }

  /** Whether the pod takes resources of its node now. */
  public boolean occupiesNode() {
    return placement.node() != null && !status.isTerminal();
  }

  /** Whether a DaemonSet made it, so that it comes with its node and goes with it. */
  public boolean isDaemon() {
    OwnerReference owner = metadata.controller();
    return (owner != null && owner.kind().equals("DaemonSet"))
        || "true".equals(metadata.annotations().get(Keys.DAEMON_SET_POD));
  }

  /** Whether it is the image of a static pod. */
  public boolean isMirror() {
    return metadata.annotations().containsKey(Keys.MIRROR_POD);
  }
}
