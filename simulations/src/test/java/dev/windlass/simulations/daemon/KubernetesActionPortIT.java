package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.GpuPhase;
import dev.windlass.core.model.GpuStackName;
import dev.windlass.core.model.Identity;
import dev.windlass.core.model.Keys;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.TargetRef;
import dev.windlass.daemon.cloud.CloudActionPort;
import dev.windlass.daemon.cloud.CloudCache;
import dev.windlass.daemon.cloud.OperationJournal;
import dev.windlass.daemon.cloud.ProviderRegistry;
import dev.windlass.daemon.kubernetes.KubernetesActionPort;
import dev.windlass.daemon.kubernetes.NodeGroupJournal;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.NodeGroupResource;
import dev.windlass.engine.ActionOutcome;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesActionPortIT {
  private static final NodeName N1 = new NodeName("n1");
  private static final Identity OTHER = new Identity("another-uid", "1");

  private final TestCluster cluster = new TestCluster();
  private final NodeGroupJournal journal = journal(3);
  private final KubernetesActionPort port = port();

  private NodeGroupJournal journal(int transitions) {
    return new NodeGroupJournal(cluster.daemon, () -> transitions, InstantSource.system());
  }

  private KubernetesActionPort port() {
    ProviderRegistry none = TestCluster.clouds();
    CloudCache cache = new CloudCache(none, List::of, InstantSource.system(), () -> {}, _ -> {});
    return new KubernetesActionPort(
        cluster.daemon, new CloudActionPort(none, _ -> Optional.empty(), cache, journal));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void taintsAndLabelsANodeThatGoesAndTakesBothBack() {
    Identity node = identity(cluster.createNode("n1"));

    assertThat(port.apply(new Action.TaintForRemoval(N1, node, Instant.EPOCH, "unneeded")))
        .isInstanceOf(ActionOutcome.Applied.class);
    assertThat(n1().getSpec().getTaints()).anyMatch(taint -> taint.getKey().equals(Keys.DISRUPTED));
    assertThat(n1().getMetadata().getLabels()).containsKey(Keys.EXCLUDE_FROM_LOAD_BALANCERS);

    assertThat(port.apply(new Action.CancelRemoval(N1, node, "needed")))
        .isInstanceOf(ActionOutcome.Applied.class);
    assertThat(n1().getSpec().getTaints())
        .noneMatch(taint -> taint.getKey().equals(Keys.DISRUPTED));
    assertThat(n1().getMetadata().getLabels()).doesNotContainKey(Keys.EXCLUDE_FROM_LOAD_BALANCERS);
  }

  @Test
  void refusesANodeThatIsAnotherOneNow() {
    cluster.createNode("n1");

    assertThat(port.apply(new Action.TaintForRemoval(N1, OTHER, Instant.EPOCH, "unneeded")))
        .isInstanceOf(ActionOutcome.Refused.class);
    assertThat(port.apply(new Action.DeleteNodeObject(N1, OTHER)))
        .isInstanceOf(ActionOutcome.Refused.class);
    assertThat(n1().getSpec().getTaints())
        .noneMatch(taint -> taint.getKey().equals(Keys.DISRUPTED));
  }

  @Test
  void annotatesAndDeletesNodeObjects() {
    Identity node = identity(cluster.createNode("n1"));
    TreeMap<String, String> notes = new TreeMap<>(Map.of(Keys.UNNEEDED_SINCE, "2026-01-01"));

    port.apply(new Action.AnnotateNode(N1, node, notes));
    assertThat(n1().getMetadata().getAnnotations())
        .containsEntry(Keys.UNNEEDED_SINCE, "2026-01-01");

    notes.put(Keys.UNNEEDED_SINCE, "");
    port.apply(new Action.AnnotateNode(N1, node, notes));
    assertThat(n1().getMetadata().getAnnotations()).doesNotContainKey(Keys.UNNEEDED_SINCE);

    assertThat(port.apply(new Action.DeleteNodeObject(N1, node)))
        .isInstanceOf(ActionOutcome.Applied.class);
    assertThat(cluster.admin.nodes().withName("n1").get()).isNull();
    assertThat(port.apply(new Action.DeleteNodeObject(N1, node)))
        .isInstanceOf(ActionOutcome.Applied.class);
  }

  @Test
  void evictsTheExpectedPodOnly() {
    cluster.createNode("n1");
    Pod pod = cluster.createPod("web", "n1");
    ObjectKey key = new ObjectKey("default", "web");

    assertThat(port.apply(new Action.EvictPod(key, OTHER, N1)))
        .isInstanceOf(ActionOutcome.Refused.class);
    assertThat(port.apply(new Action.EvictPod(key, identity(pod), N1)))
        .isInstanceOf(ActionOutcome.Applied.class);
    Pod evicted = cluster.admin.pods().inNamespace("default").withName("web").get();
    assertThat(evicted == null || evicted.getMetadata().getDeletionTimestamp() != null).isTrue();
  }

  @Test
  void isRefusedAnEvictionThatABudgetForbids() {
    cluster.createNode("n1");
    Pod pod = cluster.createPod("web", "n1");
    makeReady("web");
    cluster.apply(
        """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web, namespace: default}
        spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
        """);

    Action evict = new Action.EvictPod(new ObjectKey("default", "web"), identity(pod), N1);
    assertThat(port.apply(evict)).isInstanceOf(ActionOutcome.Refused.class);
    assertThat(
            cluster
                .admin
                .pods()
                .inNamespace("default")
                .withName("web")
                .get()
                .getMetadata()
                .getDeletionTimestamp())
        .isNull();
  }

  @Test
  void scalesFromTheExpectedSizeOnly() {
    cluster.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: pause}]}
        """);
    Identity web = identity(cluster.admin.apps().deployments().withName("web").get());

    assertThat(port.apply(scale(web, 5, 7))).isInstanceOf(ActionOutcome.Refused.class);
    assertThat(port.apply(scale(OTHER, 2, 7))).isInstanceOf(ActionOutcome.Refused.class);
    assertThat(port.apply(scale(web, 2, 7))).isInstanceOf(ActionOutcome.Applied.class);
    assertThat(replicas()).isEqualTo(7);
    assertThat(port.apply(scale(web, 2, 7))).isInstanceOf(ActionOutcome.Applied.class);
    assertThat(replicas()).isEqualTo(7);
  }

  @Test
  void tellsTheAgentItsStepAndOpensTheNodeInTheEnd() {
    Node node = cluster.createNode("n1");
    cluster
        .admin
        .nodes()
        .withName("n1")
        .edit(each -> {
          each.getSpec()
              .getTaints()
              .add(
                  new io.fabric8.kubernetes.api.model.TaintBuilder()
                      .withKey(Keys.GPU_NOT_READY)
                      .withEffect("NoSchedule")
                      .build());
          return each;
        });
    GpuStackName stack = new GpuStackName("standard");

    for (GpuPhase phase : List.of(GpuPhase.DRIVER, GpuPhase.RUNTIME)) {
      Action.StartGpuStep step = new Action.StartGpuStep(N1, identity(node), stack, phase);
      assertThat(port.apply(step)).isInstanceOf(ActionOutcome.Applied.class);
      GpuNodeResource agent = cluster.admin.resources(GpuNodeResource.class).withName("n1").get();
      assertThat(agent.getSpec().operationId()).isEqualTo(step.id().value());
      assertThat(agent.getMetadata().getOwnerReferences())
          .extracting(owner -> owner.getUid())
          .containsOnly(node.getMetadata().getUid());
      assertThat(n1().getMetadata().getLabels()).containsEntry(Keys.GPU_STEP, phase.title());
    }
    assertThat(port.apply(new Action.OpenGpuNode(N1, identity(node))))
        .isInstanceOf(ActionOutcome.Applied.class);
    assertThat(n1().getSpec().getTaints())
        .noneMatch(taint -> taint.getKey().equals(Keys.GPU_NOT_READY));
  }

  @Test
  void journalsIntentsAndStopsADeposedLeader() {
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: NodeGroup
        metadata: {name: g}
        spec: {minSize: 0, maxSize: 3, nodeSelector: {pool: g}}
        """);
    NodeGroupName group = new NodeGroupName("g");
    OperationId increase = new OperationId("increase:g:0:1");

    assertThat(journal.begin(group, new OperationJournal.Intent(increase, 0, 1))).isEmpty();
    assertThat(operations()).containsExactly("increase:g:0:1");
    assertThat(
            journal(2)
                .begin(group, new OperationJournal.Intent(new OperationId("increase:g:0:2"), 0, 2)))
        .contains("leader");
    journal.finish(group, increase);
    OperationId next = new OperationId("increase:g:1:2");
    assertThat(journal.begin(group, new OperationJournal.Intent(next, 1, 2))).isEmpty();
    assertThat(operations()).as("the next intent takes the place").containsExactly(next.value());
    journal.finish(group, next);
    journal.tidy();
    assertThat(operations()).isEmpty();
    assertThat(journal(2).begin(group, new OperationJournal.Intent(increase, 0, 1)))
        .as("after the later leader's intent is gone")
        .contains("leader");

    assertThat(journal.begin(group, new OperationJournal.Intent(next, 1, 2))).isEmpty();
    journal(4).takeOver();
    assertThat(operations()).as("no cloud goes on with what an earlier leader asked").isEmpty();
    assertThat(journal.begin(group, new OperationJournal.Intent(increase, 0, 1)))
        .as("before the later leader's first intent")
        .contains("leader");
    assertThat(journal.highest()).isEqualTo(4);
    assertThat(operations()).isEmpty();
  }

  private List<String> operations() {
    NodeGroupResource group = cluster.admin.resources(NodeGroupResource.class).withName("g").get();
    return group.getStatus() == null
        ? List.of()
        : group.getStatus().operations().stream().map(each -> each.id()).toList();
  }

  private void makeReady(String name) {
    cluster
        .admin
        .pods()
        .inNamespace("default")
        .withName(name)
        .editStatus(pod -> {
          pod.getStatus().setPhase("Running");
          pod.getStatus()
              .getConditions()
              .add(
                  new io.fabric8.kubernetes.api.model.PodConditionBuilder()
                      .withType("Ready")
                      .withStatus("True")
                      .build());
          return pod;
        });
  }

  private static Action.ScaleWorkload scale(Identity expected, int from, int to) {
    ObjectKey key = new ObjectKey("default", "web");
    return new Action.ScaleWorkload(
        key, new TargetRef("apps/v1", "Deployment", key), expected, from, to, "cpu");
  }

  private int replicas() {
    return cluster
        .admin
        .apps()
        .deployments()
        .inNamespace("default")
        .withName("web")
        .get()
        .getSpec()
        .getReplicas();
  }

  private Node n1() {
    return cluster.admin.nodes().withName("n1").get();
  }

  private static Identity identity(HasMetadata object) {
    return new Identity(object.getMetadata().getUid(), object.getMetadata().getResourceVersion());
  }
}
