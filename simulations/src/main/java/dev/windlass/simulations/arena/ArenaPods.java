package dev.windlass.simulations.arena;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The pods that are submitted. */
final class ArenaPods {
  static final String NAMESPACE = "default";

  private static final String APP = "app";
  private static final String GPU = "nvidia.com/gpu";
  private static final String GROUP = "training";

  /** Cpu and memory: 505 cores for 500 pods, and less than that in memory. */
  private static final List<List<String>> MIXED =
      List.of(
          List.of("250m", "512Mi"),
          List.of("500m", "1Gi"),
          List.of("800m", "4Gi"),
          List.of("1500m", "4Gi"),
          List.of("2", "8Gi"));

  private static final List<List<String>> SERVICES =
      List.of(
          List.of("500m", "1Gi"),
          List.of("750m", "2Gi"),
          List.of("1", "4Gi"),
          List.of("2210m", "4Gi"));

  private ArenaPods() {}

  /** Pods of five sizes, as many of each. */
  static List<Pod> mixed(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> pod("burst-" + i, "burst", amounts(MIXED.get(i % MIXED.size()))))
        .toList();
  }

  static List<Pod> executors(int wave, int count) {
    return numbered("executor-" + wave, count, amounts(List.of("3600m", "12Gi")));
  }

  /** Pods that ask for so many GPUs each, and tolerate where they are. */
  static List<Pod> gpu(String name, int gpus, int count) {
    Map<String, Quantity> amounts = amounts(List.of(String.valueOf(3 * gpus), 12 * gpus + "Gi"));
    amounts.put(GPU, new Quantity(String.valueOf(gpus)));
    return numbered(name, count, amounts).stream().map(ArenaPods::tolerant).toList();
  }

  private static Pod tolerant(Pod pod) {
    return new PodBuilder(pod)
        .editSpec()
        .addNewToleration()
        .withKey(GPU)
        .withOperator("Exists")
        .endToleration()
        .endSpec()
        .build();
  }

  /** Each on a node of its own, evenly over the zones. */
  static List<Pod> spread(int count) {
    LabelSelector own = new LabelSelectorBuilder().addToMatchLabels(APP, "spread").build();
    return numbered("spread", count, amounts(List.of("500m", "1Gi"))).stream()
        .map(pod ->
            new PodBuilder(pod)
                .editSpec()
                .addNewTopologySpreadConstraint()
                .withMaxSkew(1)
                .withTopologyKey("topology.kubernetes.io/zone")
                .withWhenUnsatisfiable("DoNotSchedule")
                .withLabelSelector(own)
                .endTopologySpreadConstraint()
                .withNewAffinity()
                .withNewPodAntiAffinity()
                .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withTopologyKey("kubernetes.io/hostname")
                .withLabelSelector(own)
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .endAffinity()
                .endSpec()
                .build())
        .toList();
  }

  /** A Deployment and the budget that lets go of one of its pods at a time. */
  static List<HasMetadata> deployment(int number, int replicas) {
    String name = deploymentName(number);
    Pod pod = podsOf(number, 1).getFirst();
    LabelSelector own = new LabelSelectorBuilder().addToMatchLabels(APP, name).build();
    Deployment deployment =
        new DeploymentBuilder()
            .withMetadata(new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build())
            .withNewSpec()
            .withReplicas(replicas)
            .withSelector(own)
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(pod.getMetadata().getLabels())
            .endMetadata()
            .withSpec(pod.getSpec())
            .endTemplate()
            .endSpec()
            .build();
    return List.of(
        new PodDisruptionBudgetBuilder()
            .withMetadata(new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build())
            .withNewSpec()
            .withNewMaxUnavailable(1)
            .withSelector(own)
            .endSpec()
            .build(),
        deployment);
  }

  static String deploymentName(int number) {
    return "service-" + number;
  }

  /** Pods as those of a Deployment. */
  static List<Pod> podsOf(int number, int count) {
    return numbered(
        deploymentName(number), count, amounts(SERVICES.get(number / 2 % SERVICES.size())));
  }

  /** The members of the gang. */
  static List<Pod> gang(int members, int gpus) {
    return gpu("worker", gpus, members).stream()
        .map(pod ->
            new PodBuilder(pod)
                .editMetadata()
                .addToLabels("scheduling.x-k8s.io/pod-group", GROUP)
                .endMetadata()
                .build())
        .toList();
  }

  /** All its members or none. */
  static HasMetadata podGroup(int members) {
    GenericKubernetesResource group = new GenericKubernetesResource();
    group.setApiVersion("scheduling.x-k8s.io/v1alpha1");
    group.setKind("PodGroup");
    group.setMetadata(new ObjectMetaBuilder().withName(GROUP).withNamespace(NAMESPACE).build());
    group.setAdditionalProperty("spec", Map.of("minMember", members));
    return group;
  }

  /** One asks for a label that no group has, one does not tolerate, one is too large. */
  static List<Pod> infeasible() {
    Pod label = pod("absent-label", "infeasible", amounts(List.of("1", "1Gi")));
    label.getSpec().setNodeSelector(Map.of("arena.dev/absent", "yes"));
    Map<String, Quantity> gpu = amounts(List.of("1", "1Gi"));
    gpu.put(GPU, new Quantity("1"));
    return List.of(
        label,
        pod("untolerated-taint", "infeasible", gpu),
        pod("too-large", "infeasible", amounts(List.of("200", "1Gi"))));
  }

  private static List<Pod> numbered(String app, int count, Map<String, Quantity> amounts) {
    List<Pod> pods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pods.add(pod(app + "-" + i, app, amounts));
    }
    return pods;
  }

  private static Pod pod(String name, String app, Map<String, Quantity> amounts) {
    Map<String, Quantity> limits = new HashMap<>(amounts);
    limits.keySet().retainAll(List.of(GPU));
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(NAMESPACE)
        .addToLabels(APP, app)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("registry.k8s.io/pause:3.10")
        .withNewResources()
        .withRequests(amounts)
        .withLimits(limits)
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }

  private static Map<String, Quantity> amounts(List<String> cpuAndMemory) {
    Map<String, Quantity> amounts = new HashMap<>();
    amounts.put("cpu", new Quantity(cpuAndMemory.getFirst()));
    amounts.put("memory", new Quantity(cpuAndMemory.getLast()));
    return amounts;
  }
}
