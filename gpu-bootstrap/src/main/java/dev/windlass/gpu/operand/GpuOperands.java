package dev.windlass.gpu.operand;

import dev.windlass.core.gpu.GpuOperandPods;
import dev.windlass.gpu.driver.DriverImages;
import dev.windlass.gpu.operand.StackSettings.ContainerRuntime.Configurer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
    objects.addAll(new DriverOperand(frame, settings.driver()).daemonSets());
    if (settings.runtime().configurer() == Configurer.TOOLKIT) {
      objects.add(toolkit.daemonSet());
    }
    objects.addAll(new DevicePluginOperand(frame, settings).objects());
    objects.add(new ValidatorOperand(frame, settings.validation(), settings.runtime()).daemonSet());
    if (settings.exporter()) {
      objects.add(new ExporterOperand(frame, settings.runtime()).daemonSet());
    }
    return List.copyOf(objects);
  }

  /**
   * A node's system as the operands' labels name it.
   *
   * @param name as the Node's {@code osImage} has it; an empty text where it has none
   * @return the label's value; empty for a node that does not tell
   */
  public static String system(String name) {
    return name.isBlank() ? "" : DriverImages.system(name).orElse(DriverOperand.OTHER_SYSTEM);
  }

  /** Images of these objects that a registry could replace under their names, in order. */
  public static List<String> unpinned(List<HasMetadata> objects) {
    return objects.stream()
        .filter(DaemonSet.class::isInstance)
        .map(each -> ((DaemonSet) each).getSpec().getTemplate().getSpec())
        .flatMap(
            pod -> Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()))
        .map(Container::getImage)
        .filter(image -> !image.contains("@sha256:"))
        .distinct()
        .toList();
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
