package dev.windlass.gpu.operand;

import dev.windlass.core.model.GpuPhase;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime;
import dev.windlass.gpu.operand.StackSettings.Validation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;

/**
 * Step Validating: adds two vectors on every device, one after the other, through the same runtime
 * as any pod and without any privilege; then waits. It asks for no device, so it takes none away.
 */
final class ValidatorOperand {
  /** Every partition where there are any, else every device; fails at the first that fails. */
  private static final String SCRIPT =
      """
      set -eu
      devices=$(nvidia-smi -L | sed -n 's/.*UUID: \\(MIG-[^)]*\\)).*/\\1/p')
      if [ -z "$devices" ]; then
        devices=$(nvidia-smi -L | sed -n 's/.*UUID: \\(GPU-[^)]*\\)).*/\\1/p')
      fi
      [ -n "$devices" ]
      sample=/cuda-samples/vectorAdd
      [ -x $sample ] || sample=/cuda-samples/sample
      for device in $devices; do
        echo "device $device"
        CUDA_VISIBLE_DEVICES=$device $sample
      done
      """;

  private final OperandFrame frame;
  private final Validation validation;
  private final ContainerRuntime runtime;

  ValidatorOperand(OperandFrame frame, Validation validation, ContainerRuntime runtime) {
    this.frame = frame;
    this.validation = validation;
    this.runtime = runtime;
  }

  HasMetadata daemonSet() {
    PodSpecBuilder spec = new PodSpecBuilder().withContainers(pause());
    if (validation.enabled()) {
      spec.withRuntimeClassName(runtime.runtimeClass()).withInitContainers(validate());
    }
    return frame.stepDaemonSet("validator", GpuPhase.VALIDATING, spec.build());
  }

  private Container validate() {
    return new ContainerBuilder()
        .withName("validate")
        .withImage(validation.image())
        .withCommand("sh", "-c", SCRIPT)
        .withEnv(
            Pieces.env("NVIDIA_VISIBLE_DEVICES", "all"),
            Pieces.env("CUDA_CACHE_DISABLE", "1"),
            Pieces.env("NVIDIA_DRIVER_CAPABILITIES", "compute,utility"))
        .withResources(Pieces.requests("10m", "64Mi"))
        .withSecurityContext(Pieces.restricted(65534L))
        .build();
  }

  private static Container pause() {
    return new ContainerBuilder()
        .withName("done")
        .withImage(OperandImages.PAUSE)
        .withResources(Pieces.requests("1m", "4Mi"))
        .withSecurityContext(Pieces.restricted(65535L))
        .build();
  }
}
