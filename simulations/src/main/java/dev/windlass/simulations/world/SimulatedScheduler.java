package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Binds pending pods, by priority and then by age. The pods of a PodGroup are bound together or not
 * at all, as the coscheduling plugin does.
 */
final class SimulatedScheduler implements Actor {
  private static final String POD_GROUP = "scheduling.x-k8s.io/pod-group";

  private final Writes writes;

  /** The node of each pod that was bound and whose binding the cache does not show yet. */
  private final Map<String, String> bound = new HashMap<>();

  SimulatedScheduler(Writes writes) {
    this.writes = writes;
  }

  @Override
  public void step(ClusterCache cluster, Instant now) {
    List<Pod> pods = cluster.pods();
    forgetSettledBindings(pods);
    FreeCapacity capacity = FreeCapacity.of(cluster.nodes(), pods, bound);
    for (List<Pod> unit : units(pods)) {
      schedule(unit, missing(unit, pods, cluster.podGroups()), capacity, now);
    }
  }

  private void forgetSettledBindings(List<Pod> pods) {
    Map<String, Pod> unbound =
        pods.stream()
            .filter(pod -> Pods.node(pod).isEmpty())
            .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod));
    bound.keySet().retainAll(unbound.keySet());
  }

  /** What is scheduled at once: one pod, or all pending pods of a gang. */
  private List<List<Pod>> units(List<Pod> pods) {
    Map<String, List<Pod>> units = new LinkedHashMap<>();
    pods.stream()
        .filter(this::isPending)
        .sorted(
            Comparator.comparingInt(SimulatedScheduler::priority)
                .reversed()
                .thenComparing(pod -> pod.getMetadata().getCreationTimestamp())
                .thenComparing(Pods::key))
        .forEach(pod -> units.computeIfAbsent(unitOf(pod), _ -> new ArrayList<>()).add(pod));
    return List.copyOf(units.values());
  }

  private boolean isPending(Pod pod) {
    return Pods.node(pod).isEmpty()
        && !bound.containsKey(pod.getMetadata().getUid())
        && !Pods.isEnding(pod)
        && !Pods.isTerminal(pod)
        && pod.getSpec().getSchedulingGates().isEmpty();
  }

  private static int priority(Pod pod) {
    Integer priority = pod.getSpec().getPriority();
    return priority == null ? 0 : priority;
  }

  private static String unitOf(Pod pod) {
    return gang(pod).map(gang -> "gang " + gang).orElse("pod " + pod.getMetadata().getUid());
  }

  private static Optional<String> gang(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels == null
        ? Optional.empty()
        : Optional.ofNullable(labels.get(POD_GROUP))
            .map(name -> pod.getMetadata().getNamespace() + "/" + name);
  }

  /** How many of the gang's pods there must still be before any is bound. */
  private static int missing(
      List<Pod> unit, List<Pod> pods, List<GenericKubernetesResource> podGroups) {
    Optional<String> gang = gang(unit.getFirst());
    if (gang.isEmpty()) {
      return 0;
    }
    int needed =
        podGroups.stream()
            .filter(group -> Pods.key(group).equals(gang.get()))
            .map(group -> group.<Object>get("spec", "minMember"))
            .mapToInt(minMember -> minMember instanceof Number number ? number.intValue() : 1)
            .findFirst()
            .orElse(Integer.MAX_VALUE);
    long running =
        pods.stream().filter(pod -> gang(pod).equals(gang) && !Pods.node(pod).isEmpty()).count();
    return (int) Math.max(0, needed - running - unit.size());
  }

  private void schedule(List<Pod> unit, int missing, FreeCapacity capacity, Instant now) {
    FreeCapacity trial = capacity.copy();
    Map<Pod, String> places = new LinkedHashMap<>();
    for (Pod pod : unit) {
      trial.place(pod).ifPresent(node -> places.put(pod, node));
    }
    if (missing > 0 || places.size() < unit.size()) {
      unit.forEach(pod -> markUnschedulable(pod, now));
      return;
    }
    for (Pod pod : unit) {
      capacity.place(pod).ifPresent(node -> bind(pod, node));
    }
  }

  private void bind(Pod pod, String node) {
    Binding binding =
        new BindingBuilder()
            .withNewMetadata()
            .withName(pod.getMetadata().getName())
            .withNamespace(pod.getMetadata().getNamespace())
            .withUid(pod.getMetadata().getUid())
            .endMetadata()
            .withNewTarget()
            .withApiVersion("v1")
            .withKind("Node")
            .withName(node)
            .endTarget()
            .build();
    String path =
        "/api/v1/namespaces/%s/pods/%s/binding"
            .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    if (writes.attempt("bind " + Pods.key(pod), client -> client.raw(path, "POST", binding))) {
      bound.put(pod.getMetadata().getUid(), node);
    }
  }

  private void markUnschedulable(Pod pod, Instant now) {
    if (Pods.condition(pod, "PodScheduled").isPresent()) {
      return;
    }
    Pod marked =
        new PodBuilder(pod)
            .editOrNewStatus()
            .addToConditions(
                new PodConditionBuilder()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withReason("Unschedulable")
                    .withMessage("no node has room for the pod")
                    .withLastTransitionTime(now.toString())
                    .build())
            .endStatus()
            .build();
    writes.attempt("mark " + Pods.key(pod), client -> client.resource(marked).updateStatus());
  }
}
