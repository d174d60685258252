package dev.windlass.core.gpu;

import dev.windlass.core.model.GpuFailure;
import dev.windlass.core.model.GpuPhase;
import java.time.Duration;

/**
 * Causes that the decision itself finds. An agent reports its own; all are listed with their
 * remedies in {@code docs/reference/gpu.md}.
 */
public enum GpuCause {
  LAUNCH_FAILED("LaunchFailed"),
  LAUNCH_TIMED_OUT("LaunchTimedOut"),
  REGISTRATION_TIMED_OUT("RegistrationTimedOut"),
  DRIVER_TIMED_OUT("DriverTimedOut"),
  RUNTIME_TIMED_OUT("RuntimeTimedOut"),
  DEVICE_PLUGIN_TIMED_OUT("DevicePluginTimedOut"),
  DEVICES_MISSING("DevicesMissing"),
  VALIDATION_TIMED_OUT("ValidationTimedOut"),
  STACK_MISSING("GpuStackMissing");

  private final String title;

  GpuCause(String title) {
    this.title = title;
  }

  /** The word that users read. */
  public String title() {
    return title;
  }

  /** A failure of this cause. */
  GpuFailure in(GpuPhase phase, String message) {
    return new GpuFailure(phase, title, message);
  }

  /** The failure of a machine whose phase took too long. */
  static GpuFailure overdue(GpuMachine machine, GpuPhase phase) {
    Duration allowed = machine.deadline(phase);
    if (!machine.hasStack()) {
      return STACK_MISSING.in(phase, "GpuStack " + machine.stackName() + " does not exist");
    }
    String waited = " within " + allowed.toSeconds() + " s";
    return switch (phase) {
      case LAUNCHING -> LAUNCH_TIMED_OUT.in(phase, "the cloud made no machine" + waited);
      case REGISTERING -> REGISTRATION_TIMED_OUT.in(phase, "the machine became no node" + waited);
      case DRIVER -> DRIVER_TIMED_OUT.in(phase, "the driver was not loaded" + waited);
      case RUNTIME -> RUNTIME_TIMED_OUT.in(phase, "the runtime was not set up" + waited);
      case DEVICE_PLUGIN ->
          machine.finished(phase)
              ? DEVICES_MISSING.in(phase, machine.deviceCount() + waited)
              : DEVICE_PLUGIN_TIMED_OUT.in(phase, "the device plugin did not register" + waited);
      case VALIDATING ->
          machine.finished(phase)
              ? DEVICES_MISSING.in(phase, machine.deviceCount() + waited)
              : VALIDATION_TIMED_OUT.in(phase, "no proof that the devices work" + waited);
      case READY -> DEVICES_MISSING.in(phase, machine.deviceCount() + ", and it never opened");
      case FAILED -> throw new IllegalArgumentException(phase + " waits for nothing");
    };
  }

  /** Whether the failure only says that time ran out, so that late success undoes it. */
  static boolean isOverdue(GpuFailure failure) {
    for (GpuCause cause : values()) {
      if (cause != LAUNCH_FAILED && cause.title.equals(failure.cause())) {
        return true;
      }
    }
    return false;
  }
}
