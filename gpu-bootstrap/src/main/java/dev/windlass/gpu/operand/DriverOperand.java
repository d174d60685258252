package dev.windlass.gpu.operand;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.Keys;
import dev.windlass.gpu.catalogue.DriverVersion;
import dev.windlass.gpu.driver.DriverChoice;
import dev.windlass.gpu.driver.DriverImages;
import dev.windlass.gpu.driver.KernelModule;
import dev.windlass.gpu.operand.StackSettings.Driver;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Step Driver: a container that builds and loads the kernel modules, or, for a driver in the
 * machine image, one without any privilege that is ready once the kernel has it.
 */
final class DriverOperand {
  /**
   * Devices answer and have joined their fabric; fabric manager, subnet manager and IMEX are in
   * NVIDIA's image, which starts them where there are switches.
   */
  private static final String READY =
      "nvidia-smi -L && ! nvidia-smi --query-gpu=fabric.state --format=csv,noheader"
          + " | grep -q 'In Progress'";

  /** The value of {@link Keys#GPU_SYSTEM} on nodes for which there is no image. */
  static final String OTHER_SYSTEM = "other";

  private final OperandFrame frame;
  private final Driver driver;

  DriverOperand(OperandFrame frame, Driver driver) {
    this.frame = frame;
    this.driver = driver;
  }

  /** None where the node's agent installs the driver; several where each node has its own image. */
  List<HasMetadata> daemonSets() {
    DriverVersion version = version(driver);
    return switch (driver.source()) {
      case PREINSTALLED -> List.of(frame.stepDaemonSet("driver", GpuPhase.DRIVER, check()));
      case CONTAINER ->
          driver.operatingSystem().equals(Driver.BY_NODE)
              ? DriverImages.BY_NODE.stream().map(system -> byNode(version, system)).toList()
              : List.of(frame.stepDaemonSet("driver", GpuPhase.DRIVER, install(image(version))));
      case HOST -> List.of();
    };
  }

  /** The first image is also for nodes that do not tell their system. */
  private HasMetadata byNode(DriverVersion version, String system) {
    String first = DriverImages.BY_NODE.getFirst();
    NodeSelectorRequirementBuilder its =
        new NodeSelectorRequirementBuilder().withKey(Keys.GPU_SYSTEM);
    if (system.equals(first)) {
      List<String> others = new ArrayList<>(DriverImages.BY_NODE);
      others.remove(first);
      others.add(OTHER_SYSTEM);
      its.withOperator("NotIn").withValues(others);
    } else {
      its.withOperator("In").withValues(system);
    }
    return frame.stepDaemonSet(
        system.equals(first) ? "driver" : "driver-" + system,
        GpuPhase.DRIVER,
        install(OperandImages.driver(version, system)),
        its.build());
  }

  private static PodSpec check() {
    Container container =
        new ContainerBuilder()
            .withName("check")
            .withImage(OperandImages.CHECK)
            .withCommand("sleep", "infinity")
            .withReadinessProbe(
                Pieces.probe("grep", "-q", "^NVRM version", "/proc/driver/nvidia/version"))
            .withResources(Pieces.requests("1m", "4Mi"))
            .withSecurityContext(Pieces.restricted(65534L))
            .build();
    return new PodSpecBuilder().withContainers(container).build();
  }

  private PodSpec install(String image) {
    Container container =
        new ContainerBuilder()
            .withName("driver")
            .withImage(image)
            .withCommand("nvidia-driver")
            .withArgs("init")
            .withEnv(
                Pieces.env("KERNEL_MODULE_TYPE", modules(driver.wish().module())),
                Pieces.env("NVIDIA_VISIBLE_DEVICES", "void"))
            .withReadinessProbe(Pieces.probe("sh", "-c", READY))
            .withResources(Pieces.requests("100m", "256Mi"))
            .withSecurityContext(Pieces.privileged())
            .withVolumeMounts(
                Pieces.propagated("run-nvidia", "/run/nvidia", "Bidirectional"),
                Pieces.mount("fabric-manager", "/run/nvidia-fabricmanager"),
                Pieces.mount("logs", "/var/log"),
                Pieces.readOnly("os-release", "/host-etc/os-release"),
                Pieces.mount("firmware-path", "/sys/module/firmware_class/parameters/path"),
                Pieces.mount("firmware", "/lib/firmware"))
            .build();
    return new PodSpecBuilder()
        .withHostPID(true)
        .withContainers(container)
        .withVolumes(
            Pieces.hostPath("run-nvidia", "/run/nvidia", "DirectoryOrCreate"),
            Pieces.hostPath("fabric-manager", "/run/nvidia-fabricmanager", "DirectoryOrCreate"),
            Pieces.hostPath("logs", "/var/log", "Directory"),
            Pieces.hostPath("os-release", "/etc/os-release", "File"),
            Pieces.hostPath("firmware-path", "/sys/module/firmware_class/parameters/path", "File"),
            Pieces.hostPath("firmware", "/run/nvidia/driver/lib/firmware", "DirectoryOrCreate"))
        .build();
  }

  /**
   * The stack's own, else precompiled for the machine image's kernel where there is such an image.
   */
  private String image(DriverVersion version) {
    if (driver.image() != null) {
      return driver.image();
    }
    String kernel = driver.kernel();
    return kernel == null
        ? OperandImages.driver(version, driver.operatingSystem())
        : DriverImages.precompiled(version, driver.operatingSystem(), kernel)
            .map(OperandImages::driver)
            .orElseGet(() -> OperandImages.driver(version, driver.operatingSystem()));
  }

  /** The driver container's own word; {@code auto} judges the device by its architecture. */
  private static String modules(@Nullable KernelModule module) {
    return switch (module) {
      case null -> "auto";
      case OPEN -> "open";
      case PROPRIETARY -> "proprietary";
    };
  }

  /** The version for a stack whose models are not known before its machines are. */
  private static DriverVersion version(Driver driver) {
    return switch (DriverChoice.forAny(driver.wish())) {
      case DriverChoice.Chosen chosen -> chosen.version();
      case DriverChoice.Impossible impossible ->
          throw new IllegalArgumentException(impossible.reason());
    };
  }
}
