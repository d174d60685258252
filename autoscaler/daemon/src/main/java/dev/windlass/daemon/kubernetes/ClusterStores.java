package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.GpuFailedMachine;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.HorizontalPodAutoscaler;
import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodGroup;
import dev.windlass.core.model.ReplicaScaler;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.decode.AdmissionDefaults;
import dev.windlass.daemon.decode.ClaimedDevices;
import dev.windlass.daemon.decode.DaemonSetDecoder;
import dev.windlass.daemon.decode.Decoded;
import dev.windlass.daemon.decode.DisruptionBudgetDecoder;
import dev.windlass.daemon.decode.HorizontalPodAutoscalerDecoder;
import dev.windlass.daemon.decode.Interner;
import dev.windlass.daemon.decode.NodeDecoder;
import dev.windlass.daemon.decode.PodDecoder;
import dev.windlass.daemon.decode.ScaleTargetDecoder;
import dev.windlass.daemon.metrics.PodPage.PodAddress;
import dev.windlass.daemon.resource.GpuFailureMapping;
import dev.windlass.daemon.resource.NodeGroupDefinition;
import dev.windlass.daemon.resource.NodeGroupMapping;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.daemon.resource.ReplicaScalerMapping;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.engine.WakeUp;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that is watched in the cluster, decoded as it arrives. */
public final class ClusterStores implements AutoCloseable {
  private static final Duration USUAL_SILENCE = Duration.ofMinutes(2);

  private final Consumer<String> failures;
  private final WakeUp wakeUp;
  private final WatchClient watches;
  private final List<Watched<?, ?>> all = new ArrayList<>();

  private final DecodingStore<io.fabric8.kubernetes.api.model.Pod, Pod> pods;
  private final DecodingStore<io.fabric8.kubernetes.api.model.Node, Node> nodes;
  private final DecodingStore<io.fabric8.kubernetes.api.model.apps.DaemonSet, DaemonSet> daemonSets;
  private final DecodingStore<PodDisruptionBudget, DisruptionBudget> budgets;
  private final DecodingStore<Namespace, Map.Entry<String, Map<String, String>>> namespaces;
  private final DecodingStore<Deployment, ScaleTarget> deployments;
  private final DecodingStore<StatefulSet, ScaleTarget> statefulSets;
  private final DecodingStore<ReplicaSet, ScaleTarget> replicaSets;
  private final DecodingStore<NodeGroupResource, NodeGroupDefinition> nodeGroups;
  private final DecodingStore<ReplicaScalerResource, ReplicaScaler> scalers;
  private final DecodingStore<
          io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler,
          HorizontalPodAutoscaler>
      otherScalers;
  private final GpuStores gpu;
  private final PodGroupStores podGroups;
  private final StorageStores storage;
  private final DeviceStores devices;
  private final CustomTargetStores customTargets;

  /** Watches, and knows no scale targets but those of {@code apps}. */
  public ClusterStores(
      KubernetesClient client,
      InstanceCatalogue catalogue,
      WakeUp wakeUp,
      Consumer<String> failures) {
    this(client, catalogue, List.of(), USUAL_SILENCE, wakeUp, failures);
  }

  /**
   * Begins to watch; reads the priority and runtime classes before, so it may block that long.
   *
   * @param api names the cluster and the identity
   * @param catalogue what machine types hold and cost
   * @param scaleTargets kinds beside those of {@code apps} that may be scaled, each written {@code
   *     GROUP/VERSION/KIND}
   * @param silence how long a watch may say nothing before another one is begun
   * @param wakeUp is poked by what should not wait for the next tick
   * @param failures is told of each watch that fails and is tried again
   */
  public ClusterStores(
      KubernetesClient api,
      InstanceCatalogue catalogue,
      List<String> scaleTargets,
      Duration silence,
      WakeUp wakeUp,
      Consumer<String> failures) {
    this.failures = failures;
    this.wakeUp = wakeUp;
    watches = new WatchClient(api.getConfiguration(), silence, failures);
    KubernetesClient client = watches.client();
    Interner interner = new Interner();
    AdmissionDefaults defaults =
        AdmissionDefaults.of(
            client.scheduling().v1().priorityClasses().list().getItems(),
            client
                .resources(io.fabric8.kubernetes.api.model.node.v1.RuntimeClass.class)
                .list()
                .getItems());
    PodDecoder podDecoder = new PodDecoder(interner, defaults);
    ScaleTargetDecoder targets = new ScaleTargetDecoder(interner, defaults);
    DaemonSetDecoder daemons = new DaemonSetDecoder(interner, defaults);

    pods =
        watch(
            "pods",
            client
                .pods()
                .inAnyNamespace()
                .withoutField("status.phase", "Succeeded")
                .withoutField("status.phase", "Failed"),
            new DecodingStore<>(
                pod -> Reading.of(podDecoder.decode(pod)),
                podDecoder::standIn,
                Slim.ofPods(),
                this::podChanged));
    nodes =
        watch(
            "nodes",
            client.nodes(),
            new DecodingStore<>(
                node -> Reading.of(NodeDecoder.decode(node)),
                NodeDecoder::standIn,
                Slim.of(io.fabric8.kubernetes.api.model.Node::new),
                this::nodeChanged));
    daemonSets =
        quiet(
            "daemonsets",
            client.apps().daemonSets().inAnyNamespace(),
            each -> Reading.of(daemons.decode(each)),
            Slim.of(io.fabric8.kubernetes.api.model.apps.DaemonSet::new));
    budgets =
        watch(
            "poddisruptionbudgets",
            client.policy().v1().podDisruptionBudget().inAnyNamespace(),
            new DecodingStore<>(
                each -> Reading.of(DisruptionBudgetDecoder.decode(each)),
                DisruptionBudgetDecoder::standIn,
                Slim.of(PodDisruptionBudget::new),
                (_, _) -> {}));
    namespaces =
        quiet("namespaces", client.namespaces(), ClusterStores::labels, Slim.of(Namespace::new));
    deployments =
        quiet(
            "deployments",
            client.apps().deployments().inAnyNamespace(),
            each -> target(targets.decode(each)),
            Slim.of(Deployment::new));
    statefulSets =
        quiet(
            "statefulsets",
            client.apps().statefulSets().inAnyNamespace(),
            each -> target(targets.decode(each)),
            Slim.of(StatefulSet::new));
    replicaSets =
        quiet(
            "replicasets",
            client.apps().replicaSets().inAnyNamespace(),
            each -> isOwned(each) ? new Reading<>(null, "") : target(targets.decode(each)),
            Slim.of(ReplicaSet::new));
    nodeGroups =
        quiet(
            "nodegroups",
            client.resources(NodeGroupResource.class),
            each -> Reading.of(NodeGroupMapping.parse(each, catalogue)),
            UnaryOperator.identity());
    scalers =
        quiet(
            "replicascalers",
            client.resources(ReplicaScalerResource.class).inAnyNamespace(),
            each -> Reading.of(ReplicaScalerMapping.parse(each)),
            UnaryOperator.identity());
    otherScalers =
        quiet(
            "horizontalpodautoscalers",
            client.autoscaling().v2().horizontalPodAutoscalers().inAnyNamespace(),
            each -> new Reading<>(HorizontalPodAutoscalerDecoder.decode(each).orElse(null), ""),
            Slim.of(io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler::new));
    gpu = new GpuStores(client, wakeUp, failures);
    all.addAll(gpu.watched());
    podGroups = new PodGroupStores(client, failures);
    all.addAll(podGroups.watched());
    storage = new StorageStores(client, failures);
    all.addAll(storage.watched());
    devices = new DeviceStores(client, failures);
    all.addAll(devices.watched());
    customTargets = new CustomTargetStores(client, scaleTargets, targets, failures);
    all.addAll(customTargets.watched());
  }

  /** What has not been read to its end yet; empty once everything has. */
  List<String> unsynced() {
    return all.stream().filter(each -> !each.synced()).map(Watched::name).toList();
  }

  /**
   * How long nothing has been heard of the kind that has been silent for longest; empty before
   * every kind is watched.
   */
  Optional<Duration> silence() {
    WatchHeartbeats heartbeats = watches.heartbeats();
    return heartbeats.complete() ? Optional.of(heartbeats.silence()) : Optional.empty();
  }

  List<Pod> pods() {
    return pods.decoded();
  }

  List<Node> nodes() {
    return nodes.decoded();
  }

  List<DaemonSet> daemonSets() {
    return daemonSets.decoded();
  }

  List<DisruptionBudget> budgets() {
    return budgets.decoded();
  }

  List<Map.Entry<String, Map<String, String>>> namespaces() {
    return namespaces.decoded();
  }

  List<PodGroup> podGroups() {
    return podGroups.decoded();
  }

  StorageStores storage() {
    return storage;
  }

  ClaimedDevices devices() {
    return devices.claimed();
  }

  /** Every valid node group. */
  public List<NodeGroupDefinition> nodeGroups() {
    return nodeGroups.decoded().stream().map(this::withStack).toList();
  }

  /** How many GPUs a new machine will advertise follows from the group's GPU stack. */
  private NodeGroupDefinition withStack(NodeGroupDefinition definition) {
    GpuStackName name = definition.group().settings().gpuStack();
    if (name == null) {
      return definition;
    }
    return gpu.stack(name)
        .filter(stack -> stack.getSpec() != null)
        .map(stack -> definition.withStack(stack.getSpec()))
        .orElse(definition);
  }

  /** A valid node group. */
  public Optional<NodeGroupDefinition> nodeGroup(NodeGroupName name) {
    return nodeGroups.decoded(name.value());
  }

  List<ReplicaScaler> scalers() {
    return scalers.decoded();
  }

  List<HorizontalPodAutoscaler> otherScalers() {
    return otherScalers.decoded();
  }

  /** The addresses of the pods that a selector selects in a namespace. */
  List<PodAddress> addresses(String namespace, LabelSelector selector) {
    List<PodAddress> addresses = new ArrayList<>();
    for (Pod pod : pods.decoded()) {
      if (pod.key().namespace().equals(namespace) && selector.matches(pod.metadata().labels())) {
        io.fabric8.kubernetes.api.model.Pod written = pods.get(pod.key().toString());
        String ip = written == null ? null : written.getStatus().getPodIP();
        addresses.add(new PodAddress(pod.key(), ip));
      }
    }
    return addresses;
  }

  GpuStores gpu() {
    return gpu;
  }

  DecodingStore<NodeGroupResource, NodeGroupDefinition> nodeGroupStore() {
    return nodeGroups;
  }

  /** Machines whose GPU bootstrap failed lately, as the groups' status has them. */
  List<GpuFailedMachine> failedGpuMachines() {
    try (Stream<NodeGroupResource> groups = nodeGroups.values()) {
      return groups.flatMap(each -> GpuFailureMapping.read(each).stream()).toList();
    }
  }

  DecodingStore<ReplicaScalerResource, ReplicaScaler> scalerStore() {
    return scalers;
  }

  /** A Deployment, StatefulSet or ReplicaSet that has no controller, or one of a listed kind. */
  Optional<ScaleTarget> target(TargetRef ref) {
    String key = ref.key().toString();
    Optional<ScaleTarget> found =
        switch (ref.kind()) {
          case "Deployment" -> deployments.decoded(key);
          case "StatefulSet" -> statefulSets.decoded(key);
          case "ReplicaSet" -> replicaSets.decoded(key);
          default -> customTargets.target(ref);
        };
    return found.filter(target -> target.ref().equals(ref));
  }

  @Override
  public void close() {
    all.forEach(Watched::close);
    watches.close();
  }

  private <S extends HasMetadata, T> DecodingStore<S, T> quiet(
      String name, Informable<S> source, Function<S, Reading<T>> decode, UnaryOperator<S> kept) {
    return watch(name, source, new DecodingStore<>(decode, kept, (_, _) -> {}));
  }

  private <S extends HasMetadata, T> DecodingStore<S, T> watch(
      String name, Informable<S> source, DecodingStore<S, T> store) {
    all.add(Watched.start(name, source, store, failures));
    return store;
  }

  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    if (Urgency.ofPod(before, after)) {
      wakeUp.poke();
    }
  }

  private void nodeChanged(@Nullable Node before, @Nullable Node after) {
    if (Urgency.ofNode(before, after)) {
      wakeUp.poke();
    }
  }

  private static Reading<Map.Entry<String, Map<String, String>>> labels(Namespace namespace) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return new Reading<>(
        Map.entry(
            namespace.getMetadata().getName(), labels == null ? Map.of() : Map.copyOf(labels)),
        "");
  }

  static Reading<ScaleTarget> target(Optional<Decoded<ScaleTarget>> decoded) {
    return decoded.map(Reading::of).orElseGet(() -> new Reading<>(null, ""));
  }

  private static boolean isOwned(ReplicaSet set) {
    return set.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()));
  }
}
