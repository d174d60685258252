package dev.windlass.gpu.facts;

import dev.windlass.gpu.facts.ValidationOutcome.Failed;
import dev.windlass.gpu.facts.ValidationOutcome.Passed;

/** Judges the devices themselves, before any workload runs on them. */
public final class DeviceCheck {
  private DeviceCheck() {}

  /**
   * What is expected of a machine.
   *
   * @param devices physical devices
   * @param migDevices partitions of each device, or 0 for none
   * @param fabric whether the devices are linked by switches
   */
  public record Expected(int devices, int migDevices, boolean fabric) {}

  /** The first thing that is wrong, or the number of devices. */
  public static ValidationOutcome judge(GpuFacts facts, LoadedDriver loaded, Expected expected) {
    if (!facts.driver().equals(loaded.version())) {
      return new Failed(
          BootstrapCause.DRIVER_MISMATCH,
          "libraries are " + facts.driver() + ", the kernel has " + loaded.version());
    }
    if (facts.devices().size() < expected.devices()) {
      return new Failed(
          BootstrapCause.DEVICES_MISSING,
          facts.devices().size() + " of " + expected.devices() + " devices answer");
    }
    for (GpuFacts.Device device : facts.devices()) {
      ValidationOutcome outcome = judge(device, expected);
      if (outcome instanceof Failed) {
        return outcome;
      }
    }
    return new Passed(facts.devices().size());
  }

  private static ValidationOutcome judge(GpuFacts.Device device, Expected expected) {
    GpuFacts.State state = device.state();
    if (state.uncorrectableErrors() > 0) {
      return new Failed(
          BootstrapCause.DEVICE_UNHEALTHY,
          device.uuid() + " has " + state.uncorrectableErrors() + " uncorrectable errors");
    }
    if (expected.fabric() && !state.fabric().equals("Completed")) {
      String words = state.fabric().isEmpty() ? "unknown" : state.fabric();
      return new Failed(BootstrapCause.FABRIC_NOT_READY, device.uuid() + " has fabric " + words);
    }
    if (state.migEnabled() != (expected.migDevices() > 0)
        || state.migDevices() != expected.migDevices()) {
      return new Failed(
          BootstrapCause.MIG_NOT_APPLIED,
          device.uuid()
              + " has "
              + state.migDevices()
              + " of "
              + expected.migDevices()
              + " partitions");
    }
    return new Passed(1);
  }
}
