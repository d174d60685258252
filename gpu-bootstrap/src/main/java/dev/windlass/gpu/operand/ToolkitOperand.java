package dev.windlass.gpu.operand;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime;
import dev.windlass.gpu.operand.StackSettings.Driver;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClassBuilder;

/**
 * Step Runtime: the container toolkit writes one drop-in file for containerd and CDI
 * specifications; the RuntimeClass names its handler.
 */
final class ToolkitOperand {
  private static final String INSTALLED =
      "test -x /usr/local/nvidia/toolkit/nvidia-container-runtime"
          + " && test -s /runtime/config-dir.d/99-nvidia.toml";

  private final OperandFrame frame;
  private final ContainerRuntime runtime;
  private final Driver driver;

  ToolkitOperand(OperandFrame frame, ContainerRuntime runtime, Driver driver) {
    this.frame = frame;
    this.runtime = runtime;
    this.driver = driver;
  }

  RuntimeClass runtimeClass() {
    return new RuntimeClassBuilder()
        .withNewMetadata()
        .withName(runtime.runtimeClass())
        .addToLabels("app.kubernetes.io/managed-by", "windlass")
        .endMetadata()
        .withHandler(runtime.runtimeClass())
        .build();
  }

  HasMetadata daemonSet() {
    return frame.stepDaemonSet(
        "toolkit",
        GpuPhase.RUNTIME,
        new PodSpecBuilder()
            .withHostPID(true)
            .withContainers(container())
            .withVolumes(
                Pieces.hostPath("driver-root", driverRoot(), "Directory"),
                Pieces.hostPath("host-root", "/", "Directory"),
                Pieces.hostPath("install", "/usr/local/nvidia", "DirectoryOrCreate"),
                Pieces.hostPath("toolkit-run", "/run/nvidia/toolkit", "DirectoryOrCreate"),
                Pieces.hostPath("cdi", "/var/run/cdi", "DirectoryOrCreate"),
                Pieces.hostPath("config", "/etc/containerd", "DirectoryOrCreate"),
                Pieces.hostPath("drop-in", "/etc/containerd/conf.d", "DirectoryOrCreate"),
                Pieces.hostPath("socket", "/run/containerd", "Directory"))
            .build());
  }

  private Container container() {
    return new ContainerBuilder()
        .withName("toolkit")
        .withImage(OperandImages.TOOLKIT)
        .withEnv(
            Pieces.env("ROOT", "/usr/local/nvidia"),
            Pieces.env("NVIDIA_DRIVER_ROOT", driverRoot()),
            Pieces.env("DRIVER_ROOT_CTR_PATH", "/driver-root"),
            Pieces.env("NVIDIA_VISIBLE_DEVICES", "void"),
            Pieces.env("TOOLKIT_PID_FILE", "/run/nvidia/toolkit/toolkit.pid"),
            Pieces.env("CDI_ENABLED", Boolean.toString(runtime.cdi())),
            Pieces.env("RUNTIME", "containerd"),
            Pieces.env("CONTAINERD_RUNTIME_CLASS", runtime.runtimeClass()),
            Pieces.env("CONTAINERD_SET_AS_DEFAULT", "false"),
            Pieces.env("RUNTIME_CONFIG", "/runtime/config-dir/config.toml"),
            Pieces.env("RUNTIME_DROP_IN_CONFIG", "/runtime/config-dir.d/99-nvidia.toml"),
            Pieces.env("RUNTIME_DROP_IN_CONFIG_HOST_PATH", "/etc/containerd/conf.d/99-nvidia.toml"),
            Pieces.env("RUNTIME_SOCKET", "/runtime/sock-dir/containerd.sock"))
        .withReadinessProbe(Pieces.probe("sh", "-c", INSTALLED))
        .withResources(Pieces.requests("10m", "64Mi"))
        .withSecurityContext(Pieces.privileged())
        .withVolumeMounts(
            Pieces.propagated("driver-root", "/driver-root", "HostToContainer"),
            Pieces.readOnly("host-root", "/host"),
            Pieces.mount("install", "/usr/local/nvidia"),
            Pieces.mount("toolkit-run", "/run/nvidia/toolkit"),
            Pieces.mount("cdi", "/var/run/cdi"),
            Pieces.mount("config", "/runtime/config-dir"),
            Pieces.mount("drop-in", "/runtime/config-dir.d"),
            Pieces.mount("socket", "/runtime/sock-dir"))
        .build();
  }

  private String driverRoot() {
    return switch (driver.source()) {
      case PREINSTALLED, HOST -> "/";
      case CONTAINER -> "/run/nvidia/driver";
    };
  }
}
