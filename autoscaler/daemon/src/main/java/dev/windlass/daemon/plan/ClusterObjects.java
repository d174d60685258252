package dev.windlass.daemon.plan;

import dev.windlass.core.model.DaemonSet;
import dev.windlass.core.model.Devices;
import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.HorizontalPodAutoscaler;
import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodGroup;
import dev.windlass.core.model.ScaleTarget;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.decode.AdmissionDefaults;
import dev.windlass.daemon.decode.DaemonSetDecoder;
import dev.windlass.daemon.decode.DisruptionBudgetDecoder;
import dev.windlass.daemon.decode.HorizontalPodAutoscalerDecoder;
import dev.windlass.daemon.decode.Interner;
import dev.windlass.daemon.decode.NodeDecoder;
import dev.windlass.daemon.decode.PodDecoder;
import dev.windlass.daemon.decode.PodGroupDecoder;
import dev.windlass.daemon.decode.ScaleTargetDecoder;
import dev.windlass.daemon.input.Document;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Collects the cluster's own objects of a dump. Pods and workloads are decoded last, since what
 * admission fills in depends on classes that may come later.
 */
final class ClusterObjects {
  private static final String WRONG_SHAPE =
      "a field of the pod has the wrong shape, as the plan's list of ignored objects says";

  private final ObjectReader reader;
  private final Interner interner = new Interner();
  private final PodDecoder admittedPods = new PodDecoder(interner, AdmissionDefaults.NONE);
  private final DeviceObjects devices;
  private final List<PriorityClass> priorityClasses = new ArrayList<>();
  private final List<RuntimeClass> runtimeClasses = new ArrayList<>();
  private final List<io.fabric8.kubernetes.api.model.Pod> rawPods = new ArrayList<>();
  private final List<io.fabric8.kubernetes.api.model.apps.DaemonSet> rawDaemonSets =
      new ArrayList<>();
  private final List<HasMetadata> rawTargets = new ArrayList<>();

  private final SortedMap<ObjectKey, Pod> pods = new TreeMap<>();
  private final SortedMap<NodeName, Node> nodes = new TreeMap<>();
  private final SortedMap<ObjectKey, DaemonSet> daemonSets = new TreeMap<>();
  private final SortedMap<ObjectKey, DisruptionBudget> budgets = new TreeMap<>();
  private final SortedMap<ObjectKey, PodGroup> podGroups = new TreeMap<>();
  private final SortedMap<ObjectKey, HorizontalPodAutoscaler> otherScalers = new TreeMap<>();
  private final Map<TargetRef, ScaleTarget> targets = new HashMap<>();
  private final Map<String, Map<String, String>> namespaceLabels = new HashMap<>();

  ClusterObjects(ObjectReader reader) {
    this.reader = reader;
    devices = new DeviceObjects(reader);
  }

  /** Takes an object; says whether its kind is one that is looked at. */
  boolean accept(Document document) {
    switch (document.group() + "/" + document.kind()) {
      case "/Pod" -> readPod(document);
      case "/Node" ->
          reader
              .read(document, io.fabric8.kubernetes.api.model.Node.class)
              .flatMap(each -> reader.good(document, NodeDecoder.decode(each)))
              .ifPresent(node -> nodes.put(node.name(), node));
      case "/Namespace" ->
          reader
              .read(document, Namespace.class)
              .ifPresent(each -> namespaceLabels.put(document.name(), labels(each)));
      case "policy/PodDisruptionBudget" ->
          reader
              .read(document, PodDisruptionBudget.class)
              .flatMap(each -> reader.good(document, DisruptionBudgetDecoder.decode(each)))
              .ifPresent(budget -> budgets.put(budget.key(), budget));
      case "scheduling.x-k8s.io/PodGroup",
          "scheduling.volcano.sh/PodGroup",
          "scheduling.k8s.io/PodGroup" ->
          reader
              .read(document, GenericKubernetesResource.class)
              .flatMap(each -> reader.good(document, PodGroupDecoder.decode(each)))
              .ifPresent(group -> podGroups.put(group.key(), group));
      case "autoscaling/HorizontalPodAutoscaler" ->
          reader
              .read(
                  document,
                  io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler.class)
              .flatMap(HorizontalPodAutoscalerDecoder::decode)
              .ifPresent(each -> otherScalers.put(each.key(), each));
      default -> {
        return devices.accept(document) || acceptForLater(document);
      }
    }
    return true;
  }

  private boolean acceptForLater(Document document) {
    switch (document.group() + "/" + document.kind()) {
      case "scheduling.k8s.io/PriorityClass" ->
          reader.read(document, PriorityClass.class).ifPresent(priorityClasses::add);
      case "node.k8s.io/RuntimeClass" ->
          reader.read(document, RuntimeClass.class).ifPresent(runtimeClasses::add);
      case "apps/DaemonSet" ->
          reader
              .read(document, io.fabric8.kubernetes.api.model.apps.DaemonSet.class)
              .ifPresent(rawDaemonSets::add);
      case "apps/Deployment" -> reader.read(document, Deployment.class).ifPresent(rawTargets::add);
      case "apps/StatefulSet" ->
          reader.read(document, StatefulSet.class).ifPresent(rawTargets::add);
      case "apps/ReplicaSet" -> reader.read(document, ReplicaSet.class).ifPresent(rawTargets::add);
      case "/ReplicationController" ->
          reader.read(document, ReplicationController.class).ifPresent(rawTargets::add);
      default -> {
        return acceptCustomTarget(document);
      }
    }
    return true;
  }

  /** An object of any other kind that is laid out as a Deployment may be what a scaler scales. */
  private boolean acceptCustomTarget(Document document) {
    JsonNode spec = document.tree().path("spec");
    boolean scalable =
        spec.path("replicas").isIntegralNumber()
            && (spec.path("selector").isObject()
                || document.tree().path("status").path("selector").isString());
    if (scalable) {
      reader.read(document, Deployment.class).ifPresent(rawTargets::add);
    }
    return scalable;
  }

  private static Map<String, String> labels(Namespace namespace) {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  /** A pod that the API server has admitted is decoded at once, so that its text can go. */
  private void readPod(Document document) {
    Optional<io.fabric8.kubernetes.api.model.Pod> read =
        reader.read(document, io.fabric8.kubernetes.api.model.Pod.class);
    if (read.isEmpty()) {
      add(admittedPods.standIn(ObjectReader.outline(document), WRONG_SHAPE));
      return;
    }
    io.fabric8.kubernetes.api.model.Pod pod = read.get();
    boolean admitted = pod.getSpec() != null && pod.getSpec().getPriority() != null;
    if (admitted) {
      add(admittedPods.decodeOrStandIn(pod));
    } else {
      rawPods.add(pod);
    }
  }

  private void add(Pod pod) {
    if (!pod.status().isTerminal()) {
      pods.put(pod.key(), pod);
    }
    if (pod.occupiesNode() && pod.placement().invalidSpec() != null) {
      reader.refuse("Pod", pod.key() + ": " + pod.placement().invalidSpec());
    }
  }

  /** Decodes what had to wait; to be called once, after the last object. */
  void finish() {
    AdmissionDefaults defaults = AdmissionDefaults.of(priorityClasses, runtimeClasses);
    PodDecoder podDecoder = new PodDecoder(interner, defaults);
    rawPods.forEach(pod -> add(podDecoder.decodeOrStandIn(pod)));
    DaemonSetDecoder daemonSetDecoder = new DaemonSetDecoder(interner, defaults);
    for (io.fabric8.kubernetes.api.model.apps.DaemonSet each : rawDaemonSets) {
      reader
          .good(each, daemonSetDecoder.decode(each))
          .ifPresent(set -> daemonSets.put(set.key(), set));
    }
    ScaleTargetDecoder targetDecoder = new ScaleTargetDecoder(interner, defaults);
    for (HasMetadata each : rawTargets) {
      targetDecoder
          .decode(each)
          .flatMap(decoded -> reader.good(each, decoded))
          .ifPresent(target -> targets.put(target.ref(), target));
    }
  }

  List<Pod> pods() {
    return devices.claimed().pods(List.copyOf(pods.values()));
  }

  Devices devices() {
    return devices.claimed().devices();
  }

  List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  List<DaemonSet> daemonSets() {
    return List.copyOf(daemonSets.values());
  }

  List<DisruptionBudget> budgets() {
    return List.copyOf(budgets.values());
  }

  List<PodGroup> podGroups() {
    return List.copyOf(podGroups.values());
  }

  List<HorizontalPodAutoscaler> otherScalers() {
    return List.copyOf(otherScalers.values());
  }

  Map<TargetRef, ScaleTarget> targets() {
    return targets;
  }

  Map<String, Map<String, String>> namespaceLabels() {
    return namespaceLabels;
  }
}
