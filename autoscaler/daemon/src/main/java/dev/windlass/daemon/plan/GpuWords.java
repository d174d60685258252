package dev.windlass.daemon.plan;

import dev.windlass.core.gpu.GpuCause;
import dev.windlass.core.model.GpuPhase;

/** How far a GPU node is and why it failed, in words. */
public final class GpuWords {
  private GpuWords() {}

  /** What is the case. */
  public static String meaning(GpuCause cause) {
    return switch (cause) {
      case LAUNCH_FAILED -> "The cloud could not make the machine.";
      case LAUNCH_TIMED_OUT -> "The cloud made no machine in time.";
      case REGISTRATION_TIMED_OUT -> "The machine runs, but its node never joined.";
      case DRIVER_TIMED_OUT -> "The kernel driver was not loaded in time.";
      case RUNTIME_TIMED_OUT -> "The container runtime did not learn about devices in time.";
      case DEVICE_PLUGIN_TIMED_OUT -> "The device plugin did not register in time.";
      case DEVICES_MISSING -> "The node advertises fewer devices than its group promises.";
      case VALIDATION_TIMED_OUT -> "No workload proved in time that every device works.";
      case STACK_MISSING -> "The group names a GpuStack that does not exist.";
    };
  }

  /** What to do about it. */
  public static String remedy(GpuCause cause) {
    return switch (cause) {
      case LAUNCH_FAILED -> "Look at the cloud's message: capacity, quota or permission.";
      case LAUNCH_TIMED_OUT -> "Try another zone or machine type, or allow more time.";
      case REGISTRATION_TIMED_OUT -> "Look at its boot log: image, join token, network.";
      case DRIVER_TIMED_OUT -> "Look at the driver pod's log; a build needs kernel headers.";
      case RUNTIME_TIMED_OUT -> "Look at the toolkit pod's log.";
      case DEVICE_PLUGIN_TIMED_OUT -> "Look at the device plugin's log and the kubelet's socket.";
      case DEVICES_MISSING -> "Look for a failed GPU, or a wrong MIG or sharing setting.";
      case VALIDATION_TIMED_OUT -> "Look at the validator's log.";
      case STACK_MISSING -> "Create it, or correct the group's gpuStack.";
    };
  }

  /** What a machine in this phase waits for. */
  public static String meaning(GpuPhase phase) {
    return switch (phase) {
      case LAUNCHING -> "The cloud has the order; there is no machine yet.";
      case REGISTERING -> "The machine runs; there is no Node object yet.";
      case DRIVER -> "The kernel driver is being installed or loaded.";
      case RUNTIME -> "The container runtime learns about devices.";
      case DEVICE_PLUGIN -> "The device plugin advertises devices.";
      case VALIDATING -> "A small workload proves that every device works.";
      case READY -> "GPU pods may come.";
      case FAILED -> "A deadline passed, or a step failed for good.";
    };
  }
}
