package dev.windlass.core.model;

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
 */
public record Instance(
    InstanceId id,
    NodeGroupName group,
    Variant variant,
    State state,
    Instant createdAt,
    @Nullable CloudFailure error) {
  /** How far a machine is. */
  public enum State {
    CREATING,
    RUNNING,
    DELETING,
    FAILED
  }
}
