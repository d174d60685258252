package dev.windlass.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Node object.
 *
 * @param name its name
 * @param identity uid and version
 * @param labels its labels
 * @param annotations those annotations that Windlass reads
 * @param spec what its spec says
 * @param status what its kubelet says
 */
public record Node(
    NodeName name,
    Identity identity,
    Map<String, String> labels,
    Map<String, String> annotations,
    Spec spec,
    Status status) {
  public Node {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /**
   * A node's spec.
   *
   * @param taints its taints
   * @param unschedulable whether it is cordoned
   * @param providerId the cloud's name of the machine; empty without a cloud
   */
  public record Spec(List<Taint> taints, boolean unschedulable, String providerId) {
    public Spec {
      taints = List.copyOf(taints);
    }
  }

  /**
   * A node's status.
   *
   * @param allocatable what pods may ask for in all
   * @param ready whether its Ready condition is True
   * @param readyChangedAt when that last changed, or null
   * @param createdAt when the object was created
   * @param deletedAt its deletion timestamp, or null
   * @param gpuHealth the reason of its condition {@link Keys#GPU_HEALTHY}; empty without one
   * @param endsAt when a condition says that its cloud takes its machine away, or null
   */
  public record Status(
      Resources allocatable,
      boolean ready,
      @Nullable Instant readyChangedAt,
      Instant createdAt,
      @Nullable Instant deletedAt,
      String gpuHealth,
      @Nullable Instant endsAt) {
    /** A status of a machine that stays. */
    public Status(
        Resources allocatable,
        boolean ready,
        @Nullable Instant readyChangedAt,
        Instant createdAt,
        @Nullable Instant deletedAt,
        String gpuHealth) {
      this(allocatable, ready, readyChangedAt, createdAt, deletedAt, gpuHealth, null);
    }

    /** A status that tells nothing of GPUs, nor of an end. */
    public Status(
        Resources allocatable,
        boolean ready,
        @Nullable Instant readyChangedAt,
        Instant createdAt,
        @Nullable Instant deletedAt) {
      this(allocatable, ready, readyChangedAt, createdAt, deletedAt, "", null);
    }
  }

  /** Whether the node has a taint with this key. */
  public boolean hasTaint(String key) {
    for (Taint taint : spec.taints()) {
      if (taint.key().equals(key)) {
        return true;
      }
    }
    return false;
  }
}
