package dev.windlass.gpu.operand;

import dev.windlass.core.gpu.GpuOperandPods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects of a GPU stack. Each step has one DaemonSet; its pods come to a node when the node's
 * label {@code windlass.dev/gpu-step} reaches the step, and a ready pod finishes it. Everything is
 * in the namespace {@link GpuOperandPods#NAMESPACE}, which must admit privileged pods, but the
 * RuntimeClass.
 */
public final class GpuOperands {
  private GpuOperands() {}

  /**
   * All objects of a stack, in the order in which to apply them; the same settings give the same
   * objects.
   *
   * @throws IllegalArgumentException when no driver branch or no GPU model is as the stack asks
   */
  public static List<HasMetadata> forStack(StackSettings settings) {
    OperandFrame frame = new OperandFrame(settings.name());
    ToolkitOperand toolkit = new ToolkitOperand(frame, settings.runtime(), settings.driver());
    List<HasMetadata> objects = new ArrayList<>();
    objects.add(serviceAccount());
    objects.add(toolkit.runtimeClass());
    objects.add(
        new DriverOperand(frame, settings.driver())
            .daemonSet(DriverOperand.version(settings.driver())));
    objects.add(toolkit.daemonSet());
    objects.addAll(new DevicePluginOperand(frame, settings).objects());
    objects.add(new ValidatorOperand(frame, settings.validation(), settings.runtime()).daemonSet());
    return List.copyOf(objects);
  }

  private static ServiceAccount serviceAccount() {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withName(OperandFrame.SERVICE_ACCOUNT)
        .withNamespace(GpuOperandPods.NAMESPACE)
        .addToLabels("app.kubernetes.io/managed-by", "windlass")
        .endMetadata()
        .withAutomountServiceAccountToken(false)
        .build();
  }
}
