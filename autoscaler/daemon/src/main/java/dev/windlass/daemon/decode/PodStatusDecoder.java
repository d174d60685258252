package dev.windlass.daemon.decode;

import dev.windlass.core.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pod's phase and conditions. */
final class PodStatusDecoder {
  private PodStatusDecoder() {}

  static PodStatus decode(io.fabric8.kubernetes.api.model.Pod pod, Problems problems) {
    io.fabric8.kubernetes.api.model.PodStatus written = pod.getStatus();
    if (written == null) {
      written = new io.fabric8.kubernetes.api.model.PodStatus();
    }
    PodCondition ready = condition(written, "Ready");
    Instant readyChangedAt =
        ready == null
            ? null
            : Fields.time(
                "status.conditions[Ready].lastTransitionTime",
                ready.getLastTransitionTime(),
                problems);
    return new PodStatus(
        phase(written),
        ready == null ? null : "True".equals(ready.getStatus()),
        readyChangedAt,
        Fields.time("status.startTime", written.getStartTime(), problems),
        scheduling(pod, condition(written, "PodScheduled")));
  }

  private static PodStatus.Phase phase(io.fabric8.kubernetes.api.model.PodStatus written) {
    return switch (Fields.text(written.getPhase())) {
      case "", "Pending" -> PodStatus.Phase.PENDING;
      case "Running" -> PodStatus.Phase.RUNNING;
      case "Succeeded" -> PodStatus.Phase.SUCCEEDED;
      case "Failed" -> PodStatus.Phase.FAILED;
      default -> PodStatus.Phase.UNKNOWN;
    };
  }

  private static PodStatus.Scheduling scheduling(
      io.fabric8.kubernetes.api.model.Pod pod, @Nullable PodCondition scheduled) {
    String reason = scheduled == null ? "" : Fields.text(scheduled.getReason());
    boolean yes = scheduled != null && "True".equals(scheduled.getStatus());
    io.fabric8.kubernetes.api.model.PodSpec spec = pod.getSpec();
    boolean bound = spec != null && !Fields.text(spec.getNodeName()).isEmpty();
    boolean gated = spec != null && !Fields.list(spec.getSchedulingGates()).isEmpty();
    if (yes || bound) {
      return PodStatus.Scheduling.SCHEDULED;
    }
    if (gated || reason.equals("SchedulingGated")) {
      return PodStatus.Scheduling.GATED;
    }
    return reason.equals("Unschedulable")
        ? PodStatus.Scheduling.UNSCHEDULABLE
        : PodStatus.Scheduling.UNSEEN;
  }

  private static @Nullable PodCondition condition(
      io.fabric8.kubernetes.api.model.PodStatus status, String type) {
    for (PodCondition each : Fields.list(status.getConditions())) {
      if (type.equals(each.getType())) {
        return each;
      }
    }
    return null;
  }
}
