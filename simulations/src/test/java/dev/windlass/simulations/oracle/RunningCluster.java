package dev.windlass.simulations.oracle;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A control plane that plays cases, one after the other, and says where its scheduler binds. */
final class RunningCluster {
  private static final long PATIENCE_SECONDS = 30;
  private static final KubernetesSerialization OBJECTS = new KubernetesSerialization();

  private final KubernetesClient client;

  /** A cluster with nothing in it but the namespaces of the cases. */
  RunningCluster(KubernetesClient client, RecordedCase any) {
    this.client = client;
    for (Namespace namespace : of(any, Namespace.class)) {
      client.resource(namespace).create();
      client.resource(account(namespace.getMetadata().getName())).create();
    }
  }

  /** Whether this cluster, which admits pods itself and lacks kubelets, can play the case. */
  static boolean canPlay(RecordedCase recorded) {
    return !SchedulerCases.isAsStored(recorded.seed())
        && of(recorded, Pod.class).stream().allMatch(RunningCluster::canPlay);
  }

  private static boolean canPlay(Pod pod) {
    Map<String, Quantity> overhead = pod.getSpec().getOverhead();
    return pod.getMetadata().getDeletionTimestamp() == null
        && (pod.getStatus() == null || pod.getStatus().getPhase() == null)
        && (overhead == null || overhead.isEmpty());
  }

  /** The node that the waiting pod is bound to; empty if the scheduler finds none. */
  String play(RecordedCase recorded) {
    List<Node> nodes = of(recorded, Node.class);
    nodes.forEach(this::create);
    List<Pod> pods = of(recorded, Pod.class);
    pods.forEach(pod -> client.resource(pod).create());
    String bound = waitFor(pods.getLast().getMetadata(), recorded.verdicts().containsValue(""));
    for (Pod pod : pods) {
      client.resource(pod).withGracePeriod(0).delete();
    }
    nodes.forEach(node -> client.resource(node).delete());
    return bound;
  }

  /** Creates a node; the taint that the API server gives every new one is taken away. */
  private void create(Node node) {
    client.resource(node).create();
    NodeSpec wanted = node.getSpec() == null ? new NodeSpec() : node.getSpec();
    client
        .nodes()
        .withName(node.getMetadata().getName())
        .edit(created -> {
          created.getSpec().setTaints(wanted.getTaints());
          return created;
        });
  }

  private String waitFor(ObjectMeta pod, boolean expectsNode) {
    try {
      Pod found =
          client
              .pods()
              .inNamespace(pod.getNamespace())
              .withName(pod.getName())
              .waitUntilCondition(
                  it -> it != null && (isBound(it) || (!expectsNode && isRefused(it))),
                  PATIENCE_SECONDS,
                  TimeUnit.SECONDS);
      return isBound(found) ? found.getSpec().getNodeName() : "";
    } catch (KubernetesClientTimeoutException _) {
      return "";
    }
  }

  private static boolean isBound(Pod pod) {
    return pod.getSpec().getNodeName() != null;
  }

  private static boolean isRefused(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(condition -> "Unschedulable".equals(condition.getReason()));
  }

  /** The case's objects of a kind, in their order; of pods the waiting one comes last. */
  private static <T> List<T> of(RecordedCase recorded, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (JsonNode item : recorded.objects().path("items")) {
      if (item.path("kind").asString().equals(type.getSimpleName())) {
        found.add(OBJECTS.unmarshal(item.toString(), type));
      }
    }
    return found;
  }

  private static ServiceAccount account(String namespace) {
    return new ServiceAccountBuilder()
        .withNewMetadata()
        .withName("default")
        .withNamespace(namespace)
        .endMetadata()
        .build();
  }
}
