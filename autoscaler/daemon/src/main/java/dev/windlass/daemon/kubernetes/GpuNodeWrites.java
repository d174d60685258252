package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuRepair;
import dev.windlass.core.model.Keys;
import dev.windlass.daemon.resource.GpuNodeMapping;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuNodeSpec;
import dev.windlass.engine.ActionOutcome;
import dev.windlass.gpu.operand.GpuOperands;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a node's agent its next step, through the GpuNode that the node owns, after the node's
 * labels have let the step's operands onto it.
 */
final class GpuNodeWrites {
  private final KubernetesClient client;
  private final NodeWrites nodes;

  GpuNodeWrites(KubernetesClient client, NodeWrites nodes) {
    this.client = client;
    this.nodes = nodes;
  }

  ActionOutcome start(Action.StartGpuStep action) {
    Optional<GpuNodeSpec.Step> step = GpuNodeMapping.step(action.phase());
    if (step.isEmpty()) {
      return new ActionOutcome.Refused(action, "this phase asks nothing of the node's agent");
    }
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put(Keys.GPU_STACK, action.stack().value());
    labels.put(Keys.GPU_STEP, action.phase().title());
    ActionOutcome labelled =
        nodes.patch(
            action,
            action.node(),
            action.expected(),
            node -> NodePatches.label(node, withSystem(labels, node)));
    if (!(labelled instanceof ActionOutcome.Applied)) {
      return labelled;
    }
    write(
        action.node().value(),
        action.expected().uid(),
        new GpuNodeSpec(action.stack().value(), step.get(), action.id().value()));
    return new ActionOutcome.Applied(action);
  }

  /** The driver's image is chosen by the node's own system. */
  private static SortedMap<String, String> withSystem(SortedMap<String, String> labels, Node node) {
    NodeSystemInfo info = node.getStatus() == null ? null : node.getStatus().getNodeInfo();
    SortedMap<String, String> all = new TreeMap<>(labels);
    all.put(
        Keys.GPU_SYSTEM,
        GpuOperands.system(info == null || info.getOsImage() == null ? "" : info.getOsImage()));
    return all;
  }

  /**
   * Asks for a reset or a reboot. Before a reset the operands that hold devices leave the node, by
   * its label; they come again with the step that validates it.
   */
  ActionOutcome repair(Action.RepairGpuNode action) {
    Optional<GpuNodeSpec.Step> step = GpuNodeMapping.step(action.repair());
    if (step.isEmpty()) {
      return new ActionOutcome.Refused(action, "this repair asks nothing of the node's agent");
    }
    SortedMap<String, String> labels = new TreeMap<>();
    if (action.repair() == GpuRepair.RESET) {
      labels.put(Keys.GPU_STEP, GpuPhase.RUNTIME.title());
    }
    ActionOutcome labelled =
        nodes.patch(
            action, action.node(), action.expected(), node -> NodePatches.label(node, labels));
    if (!(labelled instanceof ActionOutcome.Applied)) {
      return labelled;
    }
    write(
        action.node().value(),
        action.expected().uid(),
        new GpuNodeSpec(action.stack().value(), step.get(), action.id().value()));
    return new ActionOutcome.Applied(action);
  }

  private void write(String name, String uid, GpuNodeSpec spec) {
    OwnerReference owner =
        new OwnerReferenceBuilder()
            .withApiVersion("v1")
            .withKind("Node")
            .withName(name)
            .withUid(uid)
            .build();
    GpuNodeResource present = client.resources(GpuNodeResource.class).withName(name).get();
    if (present == null) {
      GpuNodeResource fresh = new GpuNodeResource();
      fresh.setMetadata(
          new ObjectMetaBuilder().withName(name).withOwnerReferences(List.of(owner)).build());
      fresh.setSpec(spec);
      client.resource(fresh).create();
    } else if (!spec.ordersTheSameAs(present.getSpec())) {
      client
          .resources(GpuNodeResource.class)
          .withName(name)
          .patch(PatchContext.of(PatchType.JSON_MERGE), patch(present, owner, spec));
    }
  }

  private static String patch(GpuNodeResource present, OwnerReference owner, GpuNodeSpec spec) {
    Map<String, Object> reference =
        Map.of(
            "apiVersion", owner.getApiVersion(),
            "kind", owner.getKind(),
            "name", owner.getName(),
            "uid", owner.getUid());
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "metadata",
                Map.of(
                    "uid",
                    present.getMetadata().getUid(),
                    "resourceVersion",
                    present.getMetadata().getResourceVersion(),
                    "ownerReferences",
                    List.of(reference)),
                "spec",
                Map.of(
                    "stack", spec.stack(),
                    "step", String.valueOf(spec.step()),
                    "operationId", String.valueOf(spec.operationId()))));
  }
}
