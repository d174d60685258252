package dev.windlass.gpu.operand;

import dev.windlass.gpu.operand.StackSettings.Driver;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.resource.v1.DeviceClassBuilder;
import java.util.List;

/**
 * NVIDIA's driver for dynamic resource allocation, in the place of the device plugin: it publishes
 * ResourceSlices of the node's devices and prepares those that claims got. The account that it runs
 * under comes with Windlass's rights, since it must write ResourceSlices.
 */
final class DynamicDriver {
  /** The driver's name; also what pods' claims see as resource. */
  static final String NAME = "gpu.nvidia.com";

  static final String SERVICE_ACCOUNT = "windlass-gpu-dra";
  private static final String PLUGINS = "/var/lib/kubelet/plugins";
  private static final String REGISTRY = "/var/lib/kubelet/plugins_registry";

  private final Driver driver;

  DynamicDriver(Driver driver) {
    this.driver = driver;
  }

  /** One class for whole devices, one for partitions. */
  static List<HasMetadata> deviceClasses() {
    return List.of(deviceClass(NAME, "gpu"), deviceClass("mig.nvidia.com", "mig"));
  }

  private static HasMetadata deviceClass(String name, String type) {
    String selector =
        "device.driver == '%s' && device.attributes['%s'].type == '%s'".formatted(NAME, NAME, type);
    return new DeviceClassBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("app.kubernetes.io/managed-by", "windlass")
        .endMetadata()
        .withNewSpec()
        .addNewSelector()
        .withNewCel()
        .withExpression(selector)
        .endCel()
        .endSelector()
        .endSpec()
        .build();
  }

  Container container() {
    return new ContainerBuilder()
        .withName("dra-driver")
        .withImage(OperandImages.DRA_DRIVER)
        .withCommand("gpu-kubelet-plugin")
        .withEnv(
            new EnvVarBuilder()
                .withName("NODE_NAME")
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath("spec.nodeName")
                .endFieldRef()
                .endValueFrom()
                .build(),
            Pieces.env("NVIDIA_DRIVER_ROOT", driverRoot()),
            Pieces.env("DRIVER_ROOT_CTR_PATH", "/driver-root"),
            Pieces.env("CDI_ROOT", "/var/run/cdi"),
            Pieces.env("KUBELET_PLUGINS_DIRECTORY_PATH", PLUGINS),
            Pieces.env("KUBELET_REGISTRAR_DIRECTORY_PATH", REGISTRY),
            Pieces.env("NVIDIA_VISIBLE_DEVICES", "void"))
        .withReadinessProbe(Pieces.probe("test", "-S", PLUGINS + "/" + NAME + "/dra.sock"))
        .withResources(Pieces.requests("10m", "64Mi"))
        .withSecurityContext(Pieces.privileged())
        .withVolumeMounts(
            Pieces.propagated("driver-root", "/driver-root", "HostToContainer"),
            Pieces.propagated("plugins", PLUGINS, "Bidirectional"),
            Pieces.mount("registry", REGISTRY),
            Pieces.mount("cdi", "/var/run/cdi"))
        .build();
  }

  List<Volume> volumes() {
    return List.of(
        Pieces.hostPath("driver-root", driverRoot(), "Directory"),
        Pieces.hostPath("plugins", PLUGINS, "DirectoryOrCreate"),
        Pieces.hostPath("registry", REGISTRY, "DirectoryOrCreate"),
        Pieces.hostPath("cdi", "/var/run/cdi", "DirectoryOrCreate"));
  }

  private String driverRoot() {
    return switch (driver.source()) {
      case PREINSTALLED -> "/";
      case CONTAINER -> "/run/nvidia/driver";
    };
  }
}
