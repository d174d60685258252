package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.TargetRef;
import dev.windlass.engine.ActionOutcome;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Locale;

/**
 * Sets replicas through the scale subresource. The workload must be the expected incarnation and
 * still have the replicas that were decided upon; its version is not compared, since every change
 * of its status changes that.
 */
final class ScaleWrites {
  private final KubernetesClient client;

  ScaleWrites(KubernetesClient client) {
    this.client = client;
  }

  ActionOutcome scale(Action.ScaleWorkload action) {
    Resource<GenericKubernetesResource> workload = resource(client, action.target());
    Scale scale = workload.scale();
    if (scale == null) {
      return new ActionOutcome.Refused(action, "the workload is gone");
    }
    String uid = scale.getMetadata().getUid();
    if (!action.expected().uid().equals(uid)) {
      return new ActionOutcome.Refused(
          action,
          "the workload is another one now: uid " + uid + ", not " + action.expected().uid());
    }
    Integer written = scale.getSpec().getReplicas();
    int present = written == null ? 0 : written;
    if (present == action.to()) {
      return new ActionOutcome.Applied(action);
    }
    if (present != action.from()) {
      return new ActionOutcome.Refused(
          action, "it has " + present + " replicas now, not " + action.from());
    }
    scale.getSpec().setReplicas(action.to());
    workload.scale(scale);
    return new ActionOutcome.Applied(action);
  }

  static Resource<GenericKubernetesResource> resource(KubernetesClient client, TargetRef target) {
    return client
        .genericKubernetesResources(context(target.apiVersion(), target.kind()))
        .inNamespace(target.key().namespace())
        .withName(target.key().name());
  }

  /** A namespaced kind whose plural is its name in lower case and an s, as nearly all are. */
  static ResourceDefinitionContext context(String apiVersion, String kind) {
    String[] groupAndVersion = apiVersion.split("/", 2);
    return new ResourceDefinitionContext.Builder()
        .withGroup(groupAndVersion.length == 2 ? groupAndVersion[0] : "")
        .withVersion(groupAndVersion[groupAndVersion.length - 1])
        .withKind(kind)
        .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
        .withNamespaced(true)
        .build();
  }
}
