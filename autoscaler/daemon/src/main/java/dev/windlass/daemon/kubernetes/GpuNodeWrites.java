package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.NodeName;
import dev.windlass.daemon.resource.GpuNodeMapping;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuNodeSpec;
import dev.windlass.engine.ActionOutcome;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** Tells a node's agent its next step, through the GpuNode that the node owns. */
final class GpuNodeWrites {
  private final KubernetesClient client;
  private final Function<NodeName, Optional<GpuStackName>> stacks;

  /**
   * Writes for these nodes.
   *
   * @param stacks the stack that a node follows
   */
  GpuNodeWrites(KubernetesClient client, Function<NodeName, Optional<GpuStackName>> stacks) {
    this.client = client;
    this.stacks = stacks;
  }

  ActionOutcome start(Action.StartGpuStep action) {
    Optional<GpuNodeSpec.Step> step = GpuNodeMapping.step(action.phase());
    Optional<GpuStackName> stack = stacks.apply(action.node());
    if (step.isEmpty() || stack.isEmpty()) {
      return new ActionOutcome.Refused(action, "the node follows no GPU stack any more");
    }
    Node node = client.nodes().withName(action.node().value()).get();
    ActionOutcome refusal = NodeWrites.refusal(action, node, action.expected());
    if (refusal != null) {
      return refusal;
    }
    write(node, new GpuNodeSpec(stack.get().value(), step.get(), action.id().value()));
    return new ActionOutcome.Applied(action);
  }

  private void write(Node node, GpuNodeSpec spec) {
    String name = node.getMetadata().getName();
    OwnerReference owner =
        new OwnerReferenceBuilder()
            .withApiVersion("v1")
            .withKind("Node")
            .withName(name)
            .withUid(node.getMetadata().getUid())
            .build();
    GpuNodeResource present = client.resources(GpuNodeResource.class).withName(name).get();
    if (present == null) {
      GpuNodeResource fresh = new GpuNodeResource();
      fresh.setMetadata(
          new ObjectMetaBuilder().withName(name).withOwnerReferences(List.of(owner)).build());
      fresh.setSpec(spec);
      client.resource(fresh).create();
    } else if (!spec.equals(present.getSpec())) {
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
