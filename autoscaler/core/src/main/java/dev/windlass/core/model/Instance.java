package dev.windlass.core.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine as its cloud sees it.
 *
 * @param id the cloud's id: one id, one incarnation
 * @param group the node group it belongs to
 * @param variant what it is
 * @param state how far it is
 * @param createdAt when it was ordered
 * @param error why it failed, or null
 * @param endsAt when its cloud will take it away, or null while nothing is known of that
 */
public record Instance(
    InstanceId id,
    NodeGroupName group,
    Variant variant,
    State state,
    Instant createdAt,
    @Nullable CloudFailure error,
    @Nullable Instant endsAt) {
  /**
   * How long before its end a machine takes no more pods and is drained: twice the time in which
   * large clouds bring a machine and pods are stopped in order.
   */
  public static final Duration LEAD = Duration.ofMinutes(10);

  /** Whether its cloud takes it away so soon that it is no place for pods. */
  public boolean endsSoon(Instant now) {
    return endsAt != null && !now.isBefore(endsAt.minus(LEAD));
  }

  /** The same, taken away at this time if that is earlier than what is known. */
  public Instance endingAt(Instant time) {
    return endsAt != null && endsAt.isBefore(time)
        ? this
        : new Instance(id, group, variant, state, createdAt, error, time);
  }

  /** A machine that stays until somebody deletes it. */
  public Instance(
      InstanceId id,
      NodeGroupName group,
      Variant variant,
      State state,
      Instant createdAt,
      @Nullable CloudFailure error) {
    this(id, group, variant, state, createdAt, error, null);
  }

  /** How far a machine is. */
  public enum State {
    CREATING,
    RUNNING,
    DELETING,
    FAILED
  }
}
