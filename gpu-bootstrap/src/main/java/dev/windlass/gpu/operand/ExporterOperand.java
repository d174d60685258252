package dev.windlass.gpu.operand;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/**
 * Beside the steps: NVIDIA's DCGM exporter, from the device plugin's step on, so that it leaves the
 * node with the other users of devices before a reset. It finishes nothing.
 */
final class ExporterOperand {
  private static final int PORT = 9400;
  private static final String POD_RESOURCES = "/var/lib/kubelet/pod-resources";

  private final OperandFrame frame;
  private final ContainerRuntime runtime;

  ExporterOperand(OperandFrame frame, ContainerRuntime runtime) {
    this.frame = frame;
    this.runtime = runtime;
  }

  HasMetadata daemonSet() {
    return frame.sideDaemonSet(
        "exporter",
        GpuPhase.DEVICE_PLUGIN,
        new PodSpecBuilder()
            .withRuntimeClassName(runtime.runtimeClass())
            .withContainers(container())
            .withVolumes(Pieces.hostPath("pod-resources", POD_RESOURCES, "Directory"))
            .build());
  }

  /** Profiling counters are read with SYS_ADMIN, and with no other capability. */
  private static Container container() {
    return new ContainerBuilder()
        .withName("exporter")
        .withImage(OperandImages.EXPORTER)
        .withEnv(
            Pieces.env("DCGM_EXPORTER_LISTEN", ":" + PORT),
            Pieces.env("DCGM_EXPORTER_KUBERNETES", "true"),
            Pieces.env("NVIDIA_VISIBLE_DEVICES", "all"),
            Pieces.env("NVIDIA_DRIVER_CAPABILITIES", "compute,utility"))
        .addNewPort()
        .withName("metrics")
        .withContainerPort(PORT)
        .endPort()
        .withNewReadinessProbe()
        .withNewHttpGet()
        .withPath("/health")
        .withNewPort(PORT)
        .endHttpGet()
        .endReadinessProbe()
        .withResources(Pieces.requests("50m", "128Mi"))
        .withSecurityContext(
            new SecurityContextBuilder(Pieces.restricted(null))
                .withRunAsUser(0L)
                .editCapabilities()
                .withAdd("SYS_ADMIN")
                .endCapabilities()
                .withAllowPrivilegeEscalation(null)
                .build())
        .withVolumeMounts(Pieces.readOnly("pod-resources", POD_RESOURCES))
        .build();
  }
}
