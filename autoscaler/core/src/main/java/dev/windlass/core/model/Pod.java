package dev.windlass.core.model;

import java.time.Duration;
import java.time.Instant;
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
   * Where the pod is, and who puts it there.
   *
   * @param node the node it is bound to, or null
   * @param nominatedNode the node on which preemption makes room for it, or null
   * @param gang the PodGroup it belongs to, in its own namespace, or null
   * @param schedulerName the scheduler that is to bind it
   * @param invalidSpec the fields that Kubernetes would refuse, with what stands there; null when
   *     there are none. What is known of such a pod is then incomplete
   * @param preferences where it would rather go
   */
  public record Placement(
      @Nullable NodeName node,
      @Nullable NodeName nominatedNode,
      @Nullable String gang,
      String schedulerName,
      @Nullable String invalidSpec,
      Preferences preferences) {
    public static final String DEFAULT_SCHEDULER = "default-scheduler";
    public static final Placement UNPLACED = new Placement(null, null, null);

    /** Of a good pod without preferences that the default scheduler binds. */
    public Placement(
        @Nullable NodeName node, @Nullable NodeName nominatedNode, @Nullable String gang) {
      this(node, nominatedNode, gang, DEFAULT_SCHEDULER, null, Preferences.NONE);
    }
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

  /**
   * The pod that its controller will make in its place, called {@code NAME/moved}. It is of no
   * gang: the others of its gang may stay where they are.
   */
  public Pod anew(Instant now) {
    return new Pod(
        keyAnew(),
        new PodMetadata(
            Identity.NONE,
            metadata.labels(),
            metadata.annotations(),
            metadata.controller(),
            now,
            null),
        spec,
        PodStatus.NEW,
        new Placement(
            null,
            null,
            null,
            placement.schedulerName(),
            placement.invalidSpec(),
            placement.preferences()),
        lifecycle);
  }

  /** The name under which the pod in its place is to come; no pod that exists has it. */
  public ObjectKey keyAnew() {
    return new ObjectKey(key.namespace(), key.name() + "/moved");
  }

  /** Whether it is the image of a static pod. */
  public boolean isMirror() {
    return metadata.annotations().containsKey(Keys.MIRROR_POD);
  }
}
