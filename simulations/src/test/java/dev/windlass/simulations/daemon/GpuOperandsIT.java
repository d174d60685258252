package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.core.model.Keys;
import dev.windlass.daemon.catalogue.InstanceCatalogue;
import dev.windlass.daemon.kubernetes.ClusterStores;
import dev.windlass.daemon.kubernetes.GpuOperandApplier;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.GpuStackSpec;
import dev.windlass.engine.WakeUp;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a stack's operands when the stack changes, under the daemon's own rights. */
class GpuOperandsIT {
  private static final String DRIVER = "windlass-gpu-cuda-driver";

  private final TestCluster cluster = new TestCluster();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void keepsARetiredOperandOnTheNodesThatItHasMadeAndThenRemovesIt() {
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: GpuStack
        metadata: {name: cuda}
        spec: {driver: {source: Container}}
        """);
    try (ClusterStores stores =
            new ClusterStores(
                cluster.daemon, InstanceCatalogue.bundled(), new WakeUp(), failures::add);
        GpuOperandApplier applier =
            new GpuOperandApplier(cluster.daemon, stores, () -> true, failures::add)) {
      applier.start(Duration.ofMillis(100));
      TestCluster.await("the driver's DaemonSet", () -> daemonSet(DRIVER) != null);
      createNode("old", "another-version");
      createNode("new", null);

      installOnTheHost();

      TestCluster.await("it stays on the old node alone", () -> nodes().equals(List.of("old")));
      assertThat(terms().getFirst().getMatchExpressions())
          .as("and from its step on, as before")
          .extracting(NodeSelectorRequirement::getKey)
          .contains(Keys.GPU_STACK, Keys.GPU_STEP);
      cluster.admin.nodes().withName("old").delete();
      TestCluster.await("it is gone", () -> daemonSet(DRIVER) == null);
      assertThat(daemonSet("windlass-gpu-cuda-device-plugin")).isNotNull();
      assertThat(failures).isEmpty();
    }
  }

  @Test
  void givesAStackItsOperandsSoThatTheyGoWithIt() {
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: GpuStack
        metadata: {name: cuda}
        """);
    try (ClusterStores stores =
            new ClusterStores(
                cluster.daemon, InstanceCatalogue.bundled(), new WakeUp(), failures::add);
        GpuOperandApplier applier =
            new GpuOperandApplier(cluster.daemon, stores, () -> true, failures::add)) {
      applier.start(Duration.ofMillis(100));
      TestCluster.await("operands", () -> daemonSet("windlass-gpu-cuda-validator") != null);
    }
    String uid =
        cluster
            .admin
            .resources(GpuStackResource.class)
            .withName("cuda")
            .get()
            .getMetadata()
            .getUid();

    assertThat(cluster.admin.apps().daemonSets().inNamespace("windlass-system").list().getItems())
        .hasSizeGreaterThan(2)
        .allMatch(each -> owners(each).equals(List.of(uid)));
    assertThat(
            owners(
                cluster
                    .admin
                    .serviceAccounts()
                    .inNamespace("windlass-system")
                    .withName("windlass-gpu-operand")
                    .get()))
        .as("every stack has it")
        .isEmpty();
  }

  private static List<String> owners(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream().map(OwnerReference::getUid).toList();
  }

  private void installOnTheHost() {
    cluster
        .admin
        .resources(GpuStackResource.class)
        .withName("cuda")
        .edit(stack -> {
          GpuStackSpec.Driver driver =
              new GpuStackSpec.Driver(
                  GpuStackSpec.DriverSource.Host, null, null, null, null, null, null, null);
          stack.setSpec(new GpuStackSpec(driver, null, null, null, null, null, null, null, null));
          return stack;
        });
  }

  private void createNode(String name, @Nullable String version) {
    cluster.createNode(name);
    cluster
        .admin
        .nodes()
        .withName(name)
        .edit(node -> {
          node.getMetadata().getLabels().put(Keys.GPU_STACK, "cuda");
          if (version != null) {
            node.getMetadata().getAnnotations().put(Keys.GPU_STACK_VERSION, version);
          }
          return node;
        });
  }

  private @Nullable DaemonSet daemonSet(String name) {
    return cluster.admin.apps().daemonSets().inNamespace("windlass-system").withName(name).get();
  }

  private List<NodeSelectorTerm> terms() {
    DaemonSet set = daemonSet(DRIVER);
    return set == null
        ? List.of()
        : set.getSpec()
            .getTemplate()
            .getSpec()
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms();
  }

  /** The nodes that the driver's DaemonSet is tied to. */
  private List<String> nodes() {
    return terms().stream()
        .flatMap(term -> term.getMatchFields().stream())
        .flatMap(field -> field.getValues().stream())
        .toList();
  }
}
