package dev.windlass.gpu.operand;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.gpu.catalogue.GpuCatalogue;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime;
import dev.windlass.gpu.operand.StackSettings.Plugin;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Step DevicePlugin: partitions the devices if the stack wants partitions, then advertises them, or
 * lets the driver of dynamic resource allocation publish them; with MPS the control daemon runs
 * beside it.
 */
final class DevicePluginOperand {
  private static final String CONFIG = "plugin-config";
  private static final String SOCKET_TEST =
      "ls /var/lib/kubelet/device-plugins | grep -q '^nvidia.*\\.sock$'";

  private final OperandFrame frame;
  private final Plugin plugin;
  private final ContainerRuntime runtime;
  private final DynamicDriver dynamic;

  DevicePluginOperand(OperandFrame frame, StackSettings settings) {
    this.frame = frame;
    plugin = settings.plugin();
    runtime = settings.runtime();
    dynamic = new DynamicDriver(settings.driver());
  }

  List<HasMetadata> objects() {
    List<HasMetadata> objects = new ArrayList<>();
    if (plugin.dynamic()) {
      objects.addAll(DynamicDriver.deviceClasses());
    }
    objects.add(config());
    objects.add(frame.stepDaemonSet("device-plugin", GpuPhase.DEVICE_PLUGIN, podSpec()));
    if (isMps()) {
      objects.add(frame.sideDaemonSet("mps", GpuPhase.DEVICE_PLUGIN, mps()));
    }
    return objects;
  }

  private ConfigMap config() {
    ConfigMapBuilder config =
        new ConfigMapBuilder()
            .withMetadata(frame.metadata(CONFIG))
            .addToData("config.yaml", PluginConfig.of(plugin, runtime.cdi()));
    String layout = plugin.mig().profile();
    if (layout != null) {
      String file =
          MigConfig.of(layout, GpuCatalogue.builtIn())
              .orElseThrow(
                  () -> new IllegalArgumentException("no GPU model has MIG layout " + layout));
      config.addToData("mig.yaml", file);
    }
    return config.build();
  }

  private PodSpec podSpec() {
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withRuntimeClassName(runtime.runtimeClass())
            .withContainers(plugin.dynamic() ? dynamic.container() : advertise())
            .withVolumes(volumes());
    if (plugin.dynamic()) {
      spec.withServiceAccountName(DynamicDriver.SERVICE_ACCOUNT);
    }
    return plugin.mig().profile() == null
        ? spec.build()
        : spec.withInitContainers(partition(plugin.mig().profile())).build();
  }

  private Container advertise() {
    ContainerBuilder container =
        new ContainerBuilder()
            .withName("device-plugin")
            .withImage(OperandImages.DEVICE_PLUGIN)
            .withCommand("nvidia-device-plugin")
            .withEnv(
                Pieces.env("CONFIG_FILE", "/config/config.yaml"),
                Pieces.env("NVIDIA_VISIBLE_DEVICES", "all"),
                Pieces.env("NVIDIA_DRIVER_CAPABILITIES", "compute,utility"),
                Pieces.env("MPS_ROOT", "/run/nvidia/mps"))
            .withReadinessProbe(Pieces.probe("sh", "-c", SOCKET_TEST))
            .withResources(Pieces.requests("10m", "64Mi"))
            .withVolumeMounts(
                Pieces.readOnly(CONFIG, "/config"),
                Pieces.mount("device-plugins", "/var/lib/kubelet/device-plugins"),
                Pieces.mount("cdi", "/var/run/cdi"));
    if (isMps()) {
      return container
          .withSecurityContext(Pieces.privileged())
          .addToVolumeMounts(Pieces.mount("mps-shm", "/dev/shm"), Pieces.mount("mps", "/mps"))
          .build();
    }
    return container.withSecurityContext(Pieces.restricted(null)).build();
  }

  private Container partition(String layout) {
    return new ContainerBuilder()
        .withName("partition")
        .withImage(OperandImages.MIG)
        .withCommand("nvidia-mig-parted", "apply", "-f", "/config/mig.yaml", "-c", layout)
        .withEnv(
            Pieces.env("NVIDIA_VISIBLE_DEVICES", "all"),
            Pieces.env("NVIDIA_MIG_CONFIG_DEVICES", "all"),
            Pieces.env("NVIDIA_DRIVER_CAPABILITIES", "utility"))
        .withSecurityContext(Pieces.privileged())
        .withVolumeMounts(Pieces.readOnly(CONFIG, "/config"))
        .build();
  }

  private PodSpec mps() {
    Container container =
        new ContainerBuilder()
            .withName("mps-control-daemon")
            .withImage(OperandImages.DEVICE_PLUGIN)
            .withCommand("mps-control-daemon")
            .withEnv(
                Pieces.env("CONFIG_FILE", "/config/config.yaml"),
                Pieces.env("NVIDIA_VISIBLE_DEVICES", "all"),
                Pieces.env("NVIDIA_DRIVER_CAPABILITIES", "compute,utility"))
            .withResources(Pieces.requests("10m", "64Mi"))
            .withSecurityContext(Pieces.privileged())
            .withVolumeMounts(
                Pieces.readOnly(CONFIG, "/config"),
                Pieces.mount("mps-shm", "/dev/shm"),
                Pieces.mount("mps", "/mps"))
            .build();
    return new PodSpecBuilder()
        .withRuntimeClassName(runtime.runtimeClass())
        .withHostPID(true)
        .withContainers(container)
        .withVolumes(configVolume(), mpsRoot(), mpsShm())
        .build();
  }

  private List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    volumes.add(configVolume());
    if (plugin.dynamic()) {
      volumes.addAll(dynamic.volumes());
      return volumes;
    }
    volumes.add(Pieces.hostPath("device-plugins", "/var/lib/kubelet/device-plugins", "Directory"));
    volumes.add(Pieces.hostPath("cdi", "/var/run/cdi", "DirectoryOrCreate"));
    if (isMps()) {
      volumes.add(mpsRoot());
      volumes.add(mpsShm());
    }
    return volumes;
  }

  private Volume configVolume() {
    return new VolumeBuilder()
        .withName(CONFIG)
        .withNewConfigMap()
        .withName(frame.name(CONFIG))
        .endConfigMap()
        .build();
  }

  private static Volume mpsRoot() {
    return Pieces.hostPath("mps", "/run/nvidia/mps", "DirectoryOrCreate");
  }

  private static Volume mpsShm() {
    return Pieces.hostPath("mps-shm", "/run/nvidia/mps/shm", "DirectoryOrCreate");
  }

  private boolean isMps() {
    return plugin.sharing().strategy() == StackSettings.SharingStrategy.MPS;
  }
}
