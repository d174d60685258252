package dev.windlass.core.decision;

import dev.windlass.core.model.AutoscalerState;
import dev.windlass.core.model.AutoscalerState.Backoff;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.replicas.ReplicaReason;
import dev.windlass.core.replicas.Shortage;
import dev.windlass.core.scaleup.Unhelped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pods that fit a node group which can't grow now. A pod that fits no group at all is none of
 * them: others than Windlass may bring its node.
 */
final class Shortages {
  private Shortages() {}

  /** Why each of these pods finds no node, in their order. */
  static Map<ObjectKey, Shortage> of(Iterable<Unhelped> unhelped, AutoscalerState state) {
    Map<ObjectKey, Shortage> shortages = new LinkedHashMap<>();
    for (Unhelped pod : unhelped) {
      pod.reasons().stream()
          .flatMap(reason -> shortage(reason, state).stream())
          .findFirst()
          .ifPresent(shortage -> shortages.put(pod.pod(), shortage));
    }
    return shortages;
  }

  private static Optional<Shortage> shortage(Unhelped.Reason reason, AutoscalerState state) {
    return switch (reason.rule()) {
      case MAX_SIZE -> shortage(ReplicaReason.NODE_GROUP_AT_MAX, reason, null);
      case QUOTA -> shortage(ReplicaReason.QUOTA_EXCEEDED, reason, wait(reason, state));
      case BACKOFF -> shortage(ReplicaReason.NODE_GROUP_BACKOFF, reason, wait(reason, state));
      case NODE_NAME,
          NODE_SELECTOR,
          NODE_AFFINITY,
          TAINT,
          HOST_PORT,
          TOO_LARGE,
          MISSING_RESOURCE,
          GPU_SHARE,
          VOLUME_RESTRICTIONS,
          NODE_VOLUME_LIMITS,
          VOLUME_BINDING,
          VOLUME_ZONE,
          DEVICE_CLAIM,
          DEVICES,
          POD_AFFINITY,
          POD_ANTI_AFFINITY,
          TOPOLOGY_SPREAD,
          EXPENDABLE,
          INVALID_SPEC,
          PAUSED,
          NO_OFFERING,
          GPU_STACK,
          GPU_QUARANTINE,
          NO_NODE_GROUP,
          GANG,
          SCALE_UP_DELAY,
          STALE_INPUT,
          DEFERRED ->
          Optional.empty();
    };
  }

  private static @Nullable Backoff wait(Unhelped.Reason reason, AutoscalerState state) {
    NodeGroupName group = reason.nodeGroup();
    return group == null ? null : state.longestBackoff(group).orElse(null);
  }

  private static Optional<Shortage> shortage(
      ReplicaReason cause, Unhelped.Reason reason, @Nullable Backoff backoff) {
    Instant until = backoff == null ? null : backoff.until();
    return Optional.of(
        new Shortage(cause, "node group " + reason.nodeGroup() + ": " + reason.message(), until));
  }
}
