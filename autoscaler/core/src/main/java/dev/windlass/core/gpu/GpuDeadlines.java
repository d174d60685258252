package dev.windlass.core.gpu;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStack;
import java.time.Duration;

/**
 * How long each phase may take when its GPU stack does not say. Sources of the figures: {@code
 * docs/reference/gpu.md}.
 */
public final class GpuDeadlines {
  private GpuDeadlines() {}

  /** The default; zero for the two phases that wait for nothing. */
  public static Duration defaultOf(GpuPhase phase) {
    return switch (phase) {
      case LAUNCHING -> Duration.ofMinutes(5);
      case REGISTERING, DRIVER -> Duration.ofMinutes(10);
      case RUNTIME, DEVICE_PLUGIN -> Duration.ofMinutes(3);
      case VALIDATING -> Duration.ofMinutes(5);
      case READY, FAILED -> Duration.ZERO;
    };
  }

  /** What the stack says, else the default. */
  static Duration of(GpuStack stack, GpuPhase phase) {
    return stack.deadlines().getOrDefault(phase, defaultOf(phase));
  }
}
