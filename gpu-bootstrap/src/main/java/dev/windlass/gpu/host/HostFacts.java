package dev.windlass.gpu.host;

import dev.windlass.gpu.facts.GpuFacts;
import dev.windlass.gpu.facts.LoadedDriver;
import dev.windlass.gpu.facts.PciDevices;
import dev.windlass.gpu.runtime.RuntimeChoice.NodeFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a node's agent found on its machine.
 *
 * @param operatingSystem ID of os-release, for instance {@code ubuntu}
 * @param node runtime, operating system and kubelet as a Node writes them
 * @param bus NVIDIA's devices on the PCI bus
 * @param loaded the driver in the kernel; null without one
 * @param devices what nvidia-smi says; null where it does not answer
 */
public record HostFacts(
    String operatingSystem,
    NodeFacts node,
    PciDevices bus,
    @Nullable LoadedDriver loaded,
    @Nullable GpuFacts devices) {}
