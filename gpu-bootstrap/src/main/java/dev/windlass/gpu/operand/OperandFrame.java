package dev.windlass.gpu.operand;

import dev.windlass.core.gpu.GpuOperandPods;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Keys;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all operands of a stack have in common: names, labels, the nodes on which they may run and
 * the taints that they accept. An operand runs from its step on: the label {@code
 * windlass.dev/gpu-step} of a node names the step that it has come to.
 */
final class OperandFrame {
  static final String SERVICE_ACCOUNT = "windlass-gpu-operand";
  private static final List<GpuPhase> STEPS =
      List.of(GpuPhase.DRIVER, GpuPhase.RUNTIME, GpuPhase.DEVICE_PLUGIN, GpuPhase.VALIDATING);

  private final GpuStackName stack;

  OperandFrame(GpuStackName stack) {
    this.stack = stack;
  }

  /** Metadata of one of the stack's objects. */
  ObjectMeta metadata(String operand) {
    return new ObjectMetaBuilder()
        .withName(name(operand))
        .withNamespace(GpuOperandPods.NAMESPACE)
        .withLabels(labels(operand))
        .build();
  }

  String name(String operand) {
    return "windlass-gpu-" + stack + "-" + operand;
  }

  Map<String, String> labels(String operand) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("app.kubernetes.io/name", "windlass-gpu-" + operand);
    labels.put("app.kubernetes.io/managed-by", "windlass");
    labels.put(Keys.GPU_STACK, stack.value());
    return labels;
  }

  /** A DaemonSet whose ready pod finishes a step, on nodes that are so besides. */
  DaemonSet stepDaemonSet(
      String operand, GpuPhase step, PodSpec spec, NodeSelectorRequirement... more) {
    PodSpec placed = placed(spec, step, List.of(more));
    return daemonSet(operand, step, placed, Map.of(Keys.GPU_STEP, step.title()));
  }

  /** A DaemonSet that runs from a step on and finishes nothing. */
  DaemonSet sideDaemonSet(String operand, GpuPhase step, PodSpec spec) {
    return daemonSet(operand, step, placed(spec, step, List.of()), Map.of());
  }

  private DaemonSet daemonSet(
      String operand, GpuPhase step, PodSpec spec, Map<String, String> stepLabel) {
    Map<String, String> podLabels = labels(operand);
    podLabels.putAll(stepLabel);
    return new DaemonSetBuilder()
        .withMetadata(metadata(operand))
        .withNewSpec()
        .withNewSelector()
        .addToMatchLabels("app.kubernetes.io/name", "windlass-gpu-" + operand)
        .addToMatchLabels(Keys.GPU_STACK, stack.value())
        .endSelector()
        .withNewUpdateStrategy()
        .withType(updateStrategy(step))
        .endUpdateStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(podLabels)
        .endMetadata()
        .withSpec(spec)
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodSpec placed(PodSpec spec, GpuPhase step, List<NodeSelectorRequirement> more) {
    boolean speaks = spec.getServiceAccountName() != null;
    return new PodSpecBuilder(spec)
        .withServiceAccountName(speaks ? spec.getServiceAccountName() : SERVICE_ACCOUNT)
        .withAutomountServiceAccountToken(speaks)
        .withEnableServiceLinks(false)
        .withPriorityClassName("system-node-critical")
        .withTolerations(anyNoSchedule())
        .withNewAffinity()
        .withNewNodeAffinity()
        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
        .addNewNodeSelectorTerm()
        .withMatchExpressions(
            in(Keys.GPU_STACK, List.of(stack.value())), in(Keys.GPU_STEP, titlesFrom(step)))
        .addAllToMatchExpressions(more)
        .endNodeSelectorTerm()
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endNodeAffinity()
        .endAffinity()
        .build();
  }

  private static List<String> titlesFrom(GpuPhase first) {
    List<String> titles = new ArrayList<>();
    for (GpuPhase step : STEPS) {
      if (step.compareTo(first) >= 0) {
        titles.add(step.title());
      }
    }
    return titles;
  }

  private static NodeSelectorRequirement in(String key, List<String> values) {
    return new NodeSelectorRequirementBuilder()
        .withKey(key)
        .withOperator("In")
        .withValues(values)
        .build();
  }

  /** Any taint that only keeps pods away: a group's own, the startup taint, removal. */
  private static Toleration anyNoSchedule() {
    return new TolerationBuilder().withOperator("Exists").withEffect("NoSchedule").build();
  }

  /** What a restart would take from running pods is restarted by deleting its pod only. */
  private static String updateStrategy(GpuPhase step) {
    return step == GpuPhase.DRIVER || step == GpuPhase.RUNTIME ? "OnDelete" : "RollingUpdate";
  }
}
