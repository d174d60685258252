package dev.windlass.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pod's status.
 *
 * @param phase its phase
 * @param ready whether its Ready condition is True; null when it has no such condition
 * @param readyChangedAt when that condition last changed, or null
 * @param startedAt when the kubelet took it over, or null
 * @param scheduling what the scheduler said of it
 */
public record PodStatus(
    Phase phase,
    @Nullable Boolean ready,
    @Nullable Instant readyChangedAt,
    @Nullable Instant startedAt,
    Scheduling scheduling) {
  /** {@code status.phase}. */
  public enum Phase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN
  }

  /** What {@code PodScheduled} says. */
  public enum Scheduling {
    /** The scheduler has not looked yet. */
    UNSEEN,
    /** {@code PodScheduled=False}, reason {@code Unschedulable}. */
    UNSCHEDULABLE,
    /** {@code PodScheduled=False}, reason {@code SchedulingGated}. */
    GATED,
    /** {@code PodScheduled=True}. */
    SCHEDULED
  }

  /** A pod that nobody has looked at yet. */
  public static final PodStatus NEW =
      new PodStatus(Phase.PENDING, null, null, null, Scheduling.UNSEEN);

  /** Whether the pod has ended for good and takes no resources. */
  public boolean isTerminal() {
    return phase == Phase.SUCCEEDED || phase == Phase.FAILED;
  }
}
