package dev.windlass.daemon.kubernetes;

import dev.windlass.core.action.Action;
import dev.windlass.engine.ActionOutcome;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Evicts pods through their eviction subresource, so that disruption budgets hold. */
final class PodWrites {
  private final KubernetesClient client;

  PodWrites(KubernetesClient client) {
    this.client = client;
  }

  /** Evicts this incarnation of the pod; gone already counts as done. */
  ActionOutcome evict(Action.EvictPod action) {
    Eviction eviction =
        new EvictionBuilder()
            .withNewMetadata()
            .withNamespace(action.pod().namespace())
            .withName(action.pod().name())
            .endMetadata()
            .withDeleteOptions(
                new DeleteOptionsBuilder()
                    .withPreconditions(
                        new PreconditionsBuilder().withUid(action.expected().uid()).build())
                    .build())
            .build();
    try {
      boolean evicted =
          client
              .pods()
              .inNamespace(action.pod().namespace())
              .withName(action.pod().name())
              .evict(eviction);
      return evicted
          ? new ActionOutcome.Applied(action)
          : new ActionOutcome.Refused(action, "a disruption budget does not allow it now");
    } catch (KubernetesClientException failure) {
      if (failure.getCode() == ApiAnswers.NOT_FOUND) {
        return new ActionOutcome.Applied(action);
      }
      throw failure;
    }
  }
}
