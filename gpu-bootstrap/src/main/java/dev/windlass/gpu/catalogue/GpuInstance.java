package dev.windlass.gpu.catalogue;

import java.util.Set;

/**
 * A cloud's machine type with NVIDIA GPUs.
 *
 * @param cloud {@code aws}, {@code gcp} or {@code azure}
 * @param type the cloud's name of it
 * @param model its GPUs
 * @param devices how many the device plugin advertises when nothing is shared; a slice counts as
 *     one
 * @param fabric what must run in the machine besides the driver
 * @param architecture {@code amd64} or {@code arm64}
 */
public record GpuInstance(
    String cloud,
    String type,
    GpuModel model,
    int devices,
    Set<FabricService> fabric,
    String architecture) {
  public GpuInstance {
    fabric = Set.copyOf(fabric);
  }
}
