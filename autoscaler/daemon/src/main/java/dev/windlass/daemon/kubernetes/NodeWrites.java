package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.NodeName;
import dev.windlass.engine.ActionOutcome;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes to Node objects. The incarnation must be the expected one; a version that changed in
 * between is read anew, since what is written depends on nothing else of the node.
 */
final class NodeWrites {
  private static final int MAX_TRIES = 4;

  private final KubernetesClient client;

  NodeWrites(KubernetesClient client) {
    this.client = client;
  }

  /** Makes the patch of the node as it is now; a patch of null means that nothing is to be done. */
  ActionOutcome patch(
      Action action, NodeName name, Identity expected, Function<Node, @Nullable String> change) {
    for (int attempt = 1; ; attempt++) {
      Node node = client.nodes().withName(name.value()).get();
      ActionOutcome refusal = refusal(action, node, expected);
      if (refusal != null) {
        return refusal;
      }
      String patch = change.apply(node);
      if (patch == null) {
        return new ActionOutcome.Applied(action);
      }
      try {
        client.resource(node).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        return new ActionOutcome.Applied(action);
      } catch (KubernetesClientException failure) {
        if (failure.getCode() != ApiAnswers.CONFLICT || attempt == MAX_TRIES) {
          throw failure;
        }
      }
    }
  }

  /** Writes the condition of a GPU node; others' conditions stay, since they merge by type. */
  ActionOutcome report(Action.ReportGpuHealth action) {
    Node node = client.nodes().withName(action.node().value()).get();
    ActionOutcome refusal = refusal(action, node, action.expected());
    if (refusal != null) {
      return refusal;
    }
    client
        .resource(node)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            NodePatches.condition(node, action, Instant.now()));
    return new ActionOutcome.Applied(action);
  }

  /** Deletes the object in the version that was read; gone already counts as done. */
  ActionOutcome delete(Action.DeleteNodeObject action) {
    Node node = client.nodes().withName(action.node().value()).get();
    if (node == null) {
      return new ActionOutcome.Applied(action);
    }
    ActionOutcome refusal = refusal(action, node, action.expected());
    if (refusal != null) {
      return refusal;
    }
    client
        .nodes()
        .withName(action.node().value())
        .lockResourceVersion(node.getMetadata().getResourceVersion())
        .delete();
    return new ActionOutcome.Applied(action);
  }

  /** Why nothing may be written, or null. */
  static @Nullable ActionOutcome refusal(Action action, @Nullable Node node, Identity expected) {
    if (node == null) {
      return new ActionOutcome.Refused(action, "the node is gone");
    }
    String uid = node.getMetadata().getUid();
    return expected.uid().equals(uid)
        ? null
        : new ActionOutcome.Refused(
            action, "the node is another one now: uid " + uid + ", not " + expected.uid());
  }
}
