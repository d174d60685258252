package dev.windlass.daemon.dashboard;

import dev.windlass.core.gpu.GpuPlan;
import dev.windlass.core.model.GpuPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The phases of one GPU machine with their times. */
final class GpuRow {
  private GpuRow() {}

  /**
   * One phase that has begun.
   *
   * @param phase the phase
   * @param startedAt when
   * @param endedAt when the next one began, or null
   */
  record Step(GpuPhase phase, Instant startedAt, @Nullable Instant endedAt) {}

  /** The phases that have begun, in their order; ready and failed are no phases of work. */
  static List<Step> steps(GpuPlan.Progress progress) {
    List<Step> steps = new ArrayList<>();
    Instant end = null;
    for (GpuPhase phase : List.of(GpuPhase.values()).reversed()) {
      Instant start = progress.started().get(phase);
      if (start != null) {
        if (phase != GpuPhase.READY && phase != GpuPhase.FAILED) {
          steps.addFirst(new Step(phase, start, end));
        }
        end = start;
      }
    }
    return List.copyOf(steps);
  }

  /** How urgent a machine is: failed, late, running, ready. */
  static int urgency(GpuPlan.Progress progress, Instant now) {
    return switch (progress.phase()) {
      case FAILED -> 0;
      case READY -> 3;
      case LAUNCHING, REGISTERING, DRIVER, RUNTIME, DEVICE_PLUGIN, VALIDATING ->
          isLate(progress, now) ? 1 : 2;
    };
  }

  /** Whether less than a quarter of the phase's time is left. */
  static boolean isLate(GpuPlan.Progress progress, Instant now) {
    Instant deadline = progress.deadline();
    Instant start = progress.started().get(progress.phase());
    if (deadline == null || start == null) {
      return false;
    }
    long whole = deadline.toEpochMilli() - start.toEpochMilli();
    return deadline.toEpochMilli() - now.toEpochMilli() < whole / 4;
  }
}
