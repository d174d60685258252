package dev.windlass.simulations.replicas;

import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.simulations.controlplane.RealControlPlane;
import dev.windlass.simulations.replicas.ScalerCase.PodCase;
import dev.windlass.simulations.replicas.ScalerCase.State;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each case twice, in two namespaces: in one a HorizontalPodAutoscaler scales, in the other a
 * strict ReplicaScaler. No controller makes pods of the targets; they have those that the case
 * says.
 */
final class TwinScalers implements AutoCloseable {
  private static final String HORIZONTAL = "horizontal";
  private static final String OURS = "ours";

  private final KubernetesClient client;
  private final Map<String, List<Integer>> sizes = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Deployment> deployments;

  TwinScalers(KubernetesClient client) {
    this.client = client;
    deployments =
        client
            .apps()
            .deployments()
            .inAnyNamespace()
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Deployment added) {
                    sized(added);
                  }

                  @Override
                  public void onUpdate(Deployment before, Deployment after) {
                    sized(after);
                  }

                  @Override
                  public void onDelete(Deployment deleted, boolean stateUnknown) {}
                });
  }

  /** The sizes that each target was given one after the other, by target. */
  record Courses(Map<String, List<Integer>> horizontal, Map<String, List<Integer>> ours) {
    Courses {
      horizontal = Map.copyOf(horizontal);
      ours = Map.copyOf(ours);
    }
  }

  /** Creates the namespaces. */
  void createNamespaces() {
    for (String name : List.of(HORIZONTAL, OURS)) {
      create(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
      RealControlPlane.await(
          "pods may be created in " + name,
          () -> client.serviceAccounts().inNamespace(name).withName("default").get() != null);
    }
  }

  /** Creates a case's pods, targets and scalers. */
  void create(ScalerCase each) {
    for (String namespace : List.of(HORIZONTAL, OURS)) {
      each.pods().forEach(pod -> createPod(namespace, each, pod));
      createDeployment(namespace, each);
    }
    createScaler(HORIZONTAL, each, "autoscaling/v2", "HorizontalPodAutoscaler", Map.of());
    createScaler(
        OURS, each, "windlass.dev/v1alpha1", "ReplicaScaler", Map.of("compatibility", "strict"));
  }

  private void createScaler(
      String namespace, ScalerCase each, String apiVersion, String kind, Map<String, Object> more) {
    Map<String, Object> spec = new LinkedHashMap<>(each.spec());
    spec.putAll(more);
    spec.put(
        "scaleTargetRef",
        Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", each.target()));
    create(object(apiVersion, kind, metadata(namespace, each.target()), spec));
  }

  private void createDeployment(String namespace, ScalerCase each) {
    Map<String, String> labels = Map.of(ScalerCase.LABEL, "" + each.number());
    Map<String, Object> template =
        Map.of("metadata", Map.of("labels", labels), "spec", podSpec(each.pods().getFirst()));
    Map<String, Object> spec =
        Map.of(
            "replicas",
            each.replicas(),
            "selector",
            Map.of("matchLabels", labels),
            "template",
            template);
    HasMetadata created =
        create(object("apps/v1", "Deployment", metadata(namespace, each.target()), spec));
    patchStatus(created, Map.of("replicas", each.replicas(), "observedGeneration", 1));
  }

  private static Map<String, Object> object(
      String apiVersion, String kind, Map<String, Object> metadata, Map<String, Object> spec) {
    return Map.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", spec);
  }

  private static Map<String, Object> podSpec(PodCase pod) {
    List<Object> containers = new ArrayList<>();
    for (int i = 0; i < pod.cpuMilli().size(); i++) {
      int milli = pod.cpuMilli().get(i);
      Map<String, Object> resources =
          milli == 0 ? Map.of() : Map.of("requests", Map.of("cpu", milli + "m"));
      containers.add(
          Map.of("name", "c" + i, "image", "example.test/app:1", "resources", resources));
    }
    return Map.of("containers", containers, "automountServiceAccountToken", false);
  }

  private void createPod(String namespace, ScalerCase each, PodCase pod) {
    Map<String, Object> metadata = new LinkedHashMap<>(metadata(namespace, pod.name()));
    metadata.put("labels", Map.of(ScalerCase.LABEL, "" + each.number()));
    HasMetadata created = create(object("v1", "Pod", metadata, podSpec(pod)));
    if (pod.state() != State.PENDING) {
      patchStatus(created, status(pod));
    }
  }

  private static Map<String, Object> status(PodCase pod) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant start = now.minus(pod.young() ? 1 : 120, ChronoUnit.MINUTES);
    Instant turn =
        switch (pod.state()) {
          case READY, PENDING, FAILED -> start.plusSeconds(10);
          case UNREADY -> start.plusSeconds(45);
          case NEVER_READY -> start;
        };
    boolean ready = pod.state() == State.READY;
    return Map.of(
        "phase",
        pod.state() == State.FAILED ? "Failed" : "Running",
        "startTime",
        start.toString(),
        "conditions",
        List.of(
            Map.of(
                "type",
                "Ready",
                "status",
                ready ? "True" : "False",
                "lastTransitionTime",
                turn.toString())));
  }

  private static Map<String, Object> metadata(String namespace, String name) {
    return Map.of("name", name, "namespace", namespace);
  }

  private HasMetadata create(Map<String, Object> object) {
    GenericKubernetesResource resource =
        Serialization.unmarshal(
            JsonMapper.shared().writeValueAsString(object), GenericKubernetesResource.class);
    return client.resource(resource).create();
  }

  private void patchStatus(HasMetadata object, Map<String, Object> status) {
    GenericKubernetesResource changed =
        Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class);
    Map<String, Object> given = new LinkedHashMap<>(status);
    changed.setAdditionalProperty("status", given);
    client.resource(changed).updateStatus();
  }

  /** The courses until now. */
  Courses courses() {
    return new Courses(copy(HORIZONTAL), copy(OURS));
  }

  private Map<String, List<Integer>> copy(String namespace) {
    Map<String, List<Integer>> copy = new HashMap<>();
    sizes.forEach((key, values) -> {
      if (key.startsWith(namespace + "/")) {
        copy.put(key.substring(namespace.length() + 1), List.copyOf(values));
      }
    });
    return copy;
  }

  private void sized(Deployment deployment) {
    List<Integer> course =
        sizes.computeIfAbsent(
            deployment.getMetadata().getNamespace() + "/" + deployment.getMetadata().getName(),
            _ -> new CopyOnWriteArrayList<>());
    Integer replicas = deployment.getSpec().getReplicas();
    if (course.isEmpty() || !course.getLast().equals(replicas)) {
      course.add(replicas);
    }
  }

  /** Whether every scaler, of both kinds, has decided once. */
  boolean haveDecided() {
    return client
            .autoscaling()
            .v2()
            .horizontalPodAutoscalers()
            .inNamespace(HORIZONTAL)
            .list()
            .getItems()
            .stream()
            .allMatch(it -> it.getStatus() != null && it.getStatus().getConditions() != null)
        && client
            .resources(ReplicaScalerResource.class)
            .inNamespace(OURS)
            .list()
            .getItems()
            .stream()
            .allMatch(it -> it.getStatus() != null && it.getStatus().desiredReplicas() != null);
  }

  @Override
  public void close() {
    deployments.close();
  }
}
