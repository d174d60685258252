package dev.windlass.core.model;

/** The phases in which a bare machine becomes a node that runs GPU pods, in their order. */
public enum GpuPhase {
  /** The cloud has the order; there is no machine yet. */
  LAUNCHING,
  /** The machine runs; there is no Node object yet. */
  REGISTERING,
  /** The kernel driver is being installed or loaded. */
  DRIVER,
  /** The container runtime learns about devices. */
  RUNTIME,
  /** The device plugin advertises devices. */
  DEVICE_PLUGIN,
  /** A small workload proves that every device works. */
  VALIDATING,
  /** Pods may come. */
  READY,
  /** A deadline passed or a step failed for good. */
  FAILED;

  /** The word that users read. */
  public String title() {
    return switch (this) {
      case LAUNCHING -> "Launching";
      case REGISTERING -> "Registering";
      case DRIVER -> "Driver";
      case RUNTIME -> "Runtime";
      case DEVICE_PLUGIN -> "DevicePlugin";
      case VALIDATING -> "Validating";
      case READY -> "Ready";
      case FAILED -> "Failed";
    };
  }
}
