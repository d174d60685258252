package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.TargetRef;
import dev.windlass.core.replicas.ReplicaReason;
import dev.windlass.daemon.convert.Conversion;
import dev.windlass.daemon.convert.HorizontalPodAutoscalers;
import dev.windlass.daemon.convert.Remark;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ReplicaScalerSpec;
import dev.windlass.daemon.resource.ReplicaScalerStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an adoption reads and writes: the autoscaler, its scaler, their target's size. */
final class AdoptionObjects {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MAX_TRIES = 5;
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final Duration patience;

  /** Objects of a cluster whose daemon may take so long to decide on a scaler. */
  AdoptionObjects(KubernetesClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  static ObjectKey key(HasMetadata object) {
    return new ObjectKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  static JsonNode tree(HasMetadata object) {
    return JsonMapper.shared().readTree(Serialization.asJson(object));
  }

  private Resource<HorizontalPodAutoscaler> autoscalers(ObjectKey name) {
    return client
        .autoscaling()
        .v2()
        .horizontalPodAutoscalers()
        .inNamespace(name.namespace())
        .withName(name.name());
  }

  private Resource<ReplicaScalerResource> scalers(ObjectKey name) {
    return client
        .resources(ReplicaScalerResource.class)
        .inNamespace(name.namespace())
        .withName(name.name());
  }

  Optional<HorizontalPodAutoscaler> autoscaler(ObjectKey name) {
    return Optional.ofNullable(autoscalers(name).get());
  }

  Optional<ReplicaScalerResource> scaler(ObjectKey name) {
    return Optional.ofNullable(scalers(name).get());
  }

  /** Whether the scaler is there and was made by an adoption. */
  boolean isAdopted(ObjectKey name) {
    return scaler(name).flatMap(AdoptionObjects::copy).isPresent();
  }

  private static Optional<String> copy(ReplicaScalerResource scaler) {
    @Nullable Map<String, String> annotations = scaler.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations).map(all -> all.get(Keys.ADOPTED_FROM));
  }

  /** Why an autoscaler can't be adopted, or not be adopted further. */
  Optional<String> refusal(HorizontalPodAutoscaler autoscaler, Conversion conversion) {
    Optional<String> controller = HorizontalPodAutoscalers.controller(tree(autoscaler));
    if (controller.isPresent()) {
      return Optional.of(controller.get() + " would make it again: convert that instead");
    }
    if (!conversion.remarks().isEmpty()) {
      return Optional.of(
          conversion.remarks().stream().map(Remark::toString).collect(Collectors.joining("; ")));
    }
    ObjectKey name = key(autoscaler);
    ReplicaScalerSpec spec =
        Serialization.unmarshal(conversion.scaler().toString(), ReplicaScalerResource.class)
            .getSpec();
    for (ReplicaScalerResource other :
        client
            .resources(ReplicaScalerResource.class)
            .inNamespace(name.namespace())
            .list()
            .getItems()) {
      if (key(other).equals(name)) {
        return refusalToGoOn(other, autoscaler);
      }
      if (target(other.getSpec(), name).equals(target(spec, name))) {
        return Optional.of("ReplicaScaler " + key(other) + " has the same target");
      }
    }
    return refusalOfTarget(target(spec, name));
  }

  /** A scaler wakes only what it brought to zero itself. */
  private Optional<String> refusalOfTarget(TargetRef target) {
    try {
      return replicas(ScaleWrites.resource(client, target).scale()) == 0
          ? Optional.of("its target has no replica now: adopt it when it has one")
          : Optional.empty();
    } catch (KubernetesClientException failure) {
      if (failure.getCode() != ApiAnswers.NOT_FOUND) {
        throw failure;
      }
      return Optional.of("its target, " + target + ", is not there or has no scale");
    }
  }

  private static int replicas(Scale scale) {
    return Objects.requireNonNullElse(scale.getSpec().getReplicas(), 0);
  }

  private static Optional<String> refusalToGoOn(
      ReplicaScalerResource present, HorizontalPodAutoscaler autoscaler) {
    Optional<String> copy = copy(present);
    if (copy.isEmpty()) {
      return Optional.of("ReplicaScaler " + key(present) + " exists already");
    }
    if (!copy.get().equals(copy(autoscaler))) {
      return Optional.of(
          "it is not as it was when its adoption began: undo, and adopt it as it is now");
    }
    return present.getSpec().paused()
        ? Optional.empty()
        : Optional.of("ReplicaScaler " + key(present) + " is not paused: undo, and adopt again");
  }

  private static TargetRef target(ReplicaScalerSpec spec, ObjectKey name) {
    ReplicaScalerSpec.ObjectReference reference = spec.scaleTargetRef();
    return new TargetRef(
        Objects.requireNonNullElse(reference.apiVersion(), "apps/v1"),
        reference.kind(),
        new ObjectKey(name.namespace(), reference.name()));
  }

  /** The scaler, paused, with a copy of what it comes from. */
  void createPaused(ObjectNode scaler, HorizontalPodAutoscaler autoscaler) {
    ObjectNode paused = scaler.deepCopy();
    paused.withObjectProperty("spec").put("paused", true);
    paused
        .withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(Keys.ADOPTED_FROM, copy(autoscaler));
    client
        .resource(Serialization.unmarshal(paused.toString(), ReplicaScalerResource.class))
        .inNamespace(key(autoscaler).namespace())
        .create();
  }

  /** What is needed to make the autoscaler anew, and nothing that changes while it works. */
  private static String copy(HorizontalPodAutoscaler autoscaler) {
    return Serialization.asJson(
        new HorizontalPodAutoscalerBuilder()
            .withNewMetadata()
            .withName(autoscaler.getMetadata().getName())
            .withNamespace(autoscaler.getMetadata().getNamespace())
            .withLabels(autoscaler.getMetadata().getLabels())
            .withAnnotations(autoscaler.getMetadata().getAnnotations())
            .endMetadata()
            .withSpec(autoscaler.getSpec())
            .build());
  }

  /**
   * Writes the scaler's first memory: the target's present size as a proposal, so that nothing
   * moves for one window, as after a restart of the HorizontalPodAutoscaler's controller.
   *
   * @return that size
   */
  int remember(ObjectKey name, HorizontalPodAutoscaler autoscaler) {
    ReplicaScalerResource scaler = scalers(name).require();
    int replicas = replicas(ScaleWrites.resource(client, target(scaler.getSpec(), name)).scale());
    @Nullable HorizontalPodAutoscalerStatus before = autoscaler.getStatus();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("currentReplicas", replicas);
    status.put("desiredReplicas", replicas);
    if (before != null && before.getLastScaleTime() != null) {
      status.put("lastScaleTime", before.getLastScaleTime());
    }
    status.put(
        "recommendations", List.of(Map.of("at", Instant.now().toString(), "replicas", replicas)));
    patch(scalers(name).subresource("status"), scaler, "status", status);
    return replicas;
  }

  /** Pauses or unpauses the scaler. */
  void pause(ObjectKey name, boolean paused) {
    patch(scalers(name), scalers(name).require(), "spec", Map.of("paused", paused));
  }

  private static <T extends HasMetadata> void patch(
      EditReplacePatchable<T> target, T seen, String part, Object fields) {
    Map<String, Object> patch =
        Map.of("metadata", Map.of("uid", seen.getMetadata().getUid()), part, fields);
    target.patch(MERGE, JsonMapper.shared().writeValueAsString(patch));
  }

  /** Waits until a daemon has decided on the scaler as one that is paused. */
  boolean observedPaused(ObjectKey name) {
    long end = System.nanoTime() + patience.toNanos();
    while (!isSeenPaused(scalers(name).require())) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  private static boolean isSeenPaused(ReplicaScalerResource scaler) {
    @Nullable ReplicaScalerStatus status = scaler.getStatus();
    return status != null
        && Objects.equals(status.observedGeneration(), scaler.getMetadata().getGeneration())
        && status.conditions().stream()
            .map(Condition::getReason)
            .anyMatch(ReplicaReason.PAUSED.title()::equals);
  }

  /**
   * Deletes the autoscaler if it is still what was adopted.
   *
   * @return why it was not deleted
   */
  Optional<String> deleteUnchanged(HorizontalPodAutoscaler adopted) {
    ObjectKey name = key(adopted);
    for (int attempt = 1; ; attempt++) {
      @Nullable HorizontalPodAutoscaler present = autoscalers(name).get();
      if (present == null) {
        return Optional.empty();
      }
      if (!copy(present).equals(copy(adopted))) {
        return Optional.of("HorizontalPodAutoscaler " + name + " was changed: undo, adopt again");
      }
      try {
        client
            .resource(present)
            .lockResourceVersion(present.getMetadata().getResourceVersion())
            .delete();
        return Optional.empty();
      } catch (KubernetesClientException failure) {
        if (failure.getCode() != ApiAnswers.CONFLICT || attempt == MAX_TRIES) {
          throw failure;
        }
      }
    }
  }

  /** Makes the autoscaler anew from its copy. */
  void restore(ObjectKey name) {
    String copy = copy(scalers(name).require()).orElseThrow();
    client.resource(Serialization.unmarshal(copy, HorizontalPodAutoscaler.class)).create();
  }

  void delete(ObjectKey name) {
    scalers(name).delete();
  }
}
