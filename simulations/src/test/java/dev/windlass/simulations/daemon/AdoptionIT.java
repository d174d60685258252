package dev.windlass.simulations.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Policy;
import dev.windlass.daemon.Daemon;
import dev.windlass.daemon.config.DaemonSettings;
import dev.windlass.daemon.kubernetes.Adoption;
import dev.windlass.daemon.kubernetes.Adoption.Outcome;
import dev.windlass.daemon.resource.ReplicaScalerResource;
import dev.windlass.daemon.resource.ReplicaScalerStatus;
import dev.windlass.engine.Pacing;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An adoption beside the daemon itself, against an API server. */
class AdoptionIT {
  private static final ObjectKey WEB = new ObjectKey("default", "web");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private void createWorkload() {
    cluster.apply(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default}
        spec:
          replicas: 4
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: pause}]}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata:
          name: web
          namespace: default
          labels: {team: shop}
          annotations: {example.com/why: peak}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          minReplicas: 2
          maxReplicas: 9
          metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
          behavior:
            scaleDown:
              stabilizationWindowSeconds: 600
              policies: [{type: Pods, value: 1, periodSeconds: 60}]
        """);
  }

  private Adoption adoption() {
    return adoption(_ -> {});
  }

  private Adoption adoption(Consumer<String> told) {
    return new Adoption(cluster.admin, PATIENCE, told);
  }

  private Daemon daemon() throws IOException {
    return Daemon.start(
        new DaemonSettings(
            Policy.DEFAULT,
            new Pacing(Duration.ofMillis(200), Duration.ofMillis(20)),
            new DaemonSettings.Http("127.0.0.1", 0, ""),
            new DaemonSettings.LeaderElection(
                true,
                "windlass-system",
                "windlass",
                Duration.ofSeconds(4),
                Duration.ofSeconds(2),
                Duration.ofMillis(300)),
            Map.of(),
            false),
        cluster.daemon);
  }

  @Test
  void handsTheTargetOverWithItsSizeAndBehaviorAndBackAgain() throws IOException {
    createWorkload();
    HorizontalPodAutoscaler before = autoscaler().require();
    try (Daemon _ = daemon()) {
      assertThat(adoption().adopt(WEB)).isInstanceOf(Outcome.Done.class);

      assertThat(autoscaler().get()).isNull();
      ReplicaScalerResource scaler = scaler().require();
      assertThat(scaler.getSpec().paused()).isFalse();
      assertThat(scaler.getSpec().minReplicas()).isEqualTo(2);
      assertThat(scaler.getSpec().behavior().scaleDown().stabilizationWindowSeconds())
          .isEqualTo(600);
      assertThat(scaler.getStatus().recommendations())
          .extracting(ReplicaScalerStatus.Recommendation::replicas)
          .containsOnly(4);
      assertThat(replicas()).isEqualTo(4);

      assertThat(adoption().undo(WEB)).isInstanceOf(Outcome.Done.class);
      assertThat(scaler().get()).isNull();
      assertIsAsItWas(before);
      assertThat(replicas()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereverItIsInterruptedOneOwnerIsLeftAndBothWaysLeadOn(boolean onward) throws IOException {
    createWorkload();
    HorizontalPodAutoscaler before = autoscaler().require();
    try (Daemon _ = daemon()) {
      int steps = 5;
      for (int step = 1; step <= steps; step++) {
        interrupt(step, adoption -> adoption.adopt(WEB));
        if (onward) {
          assertThat(adoption(this::assertOneOwner).adopt(WEB)).isInstanceOf(Outcome.Done.class);
        }
        assertThat(adoption(this::assertOneOwner).undo(WEB)).isInstanceOf(Outcome.Done.class);
        assertIsAsItWas(before);
        assertThat(scaler().get()).isNull();
      }
    }
  }

  @Test
  void undoGoesOnWhereverItIsInterrupted() throws IOException {
    createWorkload();
    HorizontalPodAutoscaler before = autoscaler().require();
    try (Daemon _ = daemon()) {
      for (int step = 1; step <= 3; step++) {
        assertThat(adoption().adopt(WEB)).isInstanceOf(Outcome.Done.class);
        interrupt(step, adoption -> adoption.undo(WEB));
        assertThat(adoption(this::assertOneOwner).undo(WEB)).isInstanceOf(Outcome.Done.class);
        assertIsAsItWas(before);
      }
    }
  }

  @Test
  void withoutADaemonTheAutoscalerGoesOn() {
    createWorkload();

    Outcome outcome = new Adoption(cluster.admin, Duration.ZERO, this::assertOneOwner).adopt(WEB);

    assertThat(outcome).isInstanceOf(Outcome.Stopped.class).asString().contains("no daemon");
    assertThat(autoscaler().get()).isNotNull();
    assertThat(scaler().require().getSpec().paused()).isTrue();
  }

  @Test
  void autoscalerThatChangesMeanwhileIsKept() throws IOException {
    createWorkload();
    Consumer<String> change =
        step -> {
          if (step.contains("taken it up")) {
            autoscaler().edit(this::withMax);
          }
        };
    try (Daemon _ = daemon()) {
      assertThat(adoption(change).adopt(WEB)).asString().contains("was changed");
      assertThat(autoscaler().require().getSpec().getMaxReplicas()).isEqualTo(12);
      assertThat(adoption().adopt(WEB)).asString().contains("undo");
      assertThat(adoption().undo(WEB)).isInstanceOf(Outcome.Done.class);
      assertThat(adoption().adopt(WEB)).isInstanceOf(Outcome.Done.class);
      assertThat(scaler().require().getSpec().maxReplicas()).isEqualTo(12);
    }
  }

  private HorizontalPodAutoscaler withMax(HorizontalPodAutoscaler autoscaler) {
    autoscaler.getSpec().setMaxReplicas(12);
    return autoscaler;
  }

  @Test
  void refusesWhatItCouldNotHandOver() {
    assertRefused("there is no HorizontalPodAutoscaler");
    createWorkload();
    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: ReplicaScaler
        metadata: {name: other, namespace: default}
        spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 3}
        """);
    assertRefused("ReplicaScaler default/other has the same target");
    cluster.admin.resources(ReplicaScalerResource.class).withName("other").delete();

    cluster.admin.apps().deployments().inNamespace("default").withName("web").scale(0);
    assertRefused("no replica now");
    cluster.admin.apps().deployments().inNamespace("default").withName("web").delete();
    assertRefused("is not there");

    cluster.apply(
        """
        apiVersion: windlass.dev/v1alpha1
        kind: ReplicaScaler
        metadata: {name: web, namespace: default}
        spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 3}
        """);
    assertRefused("exists already");
    assertThat(adoption().undo(WEB)).asString().contains(Keys.ADOPTED_FROM);
    assertThat(autoscaler().get()).isNotNull();
  }

  @Test
  void refusesAnAutoscalerThatItsControllerWouldMakeAgain() {
    createWorkload();
    autoscaler()
        .edit(each -> {
          each.getMetadata()
              .setOwnerReferences(
                  List.of(
                      new io.fabric8.kubernetes.api.model.OwnerReferenceBuilder()
                          .withApiVersion("keda.sh/v1alpha1")
                          .withKind("ScaledObject")
                          .withName("web")
                          .withUid("1")
                          .withController(true)
                          .build()));
          return each;
        });

    assertRefused("ScaledObject web would make it again");
  }

  private void assertRefused(String reason) {
    assertThat(adoption().adopt(WEB))
        .isInstanceOf(Outcome.Stopped.class)
        .asString()
        .contains(reason);
  }

  /** Ends the command after a step, as if its process had been killed. */
  private void interrupt(int step, Consumer<Adoption> command) {
    AtomicInteger steps = new AtomicInteger();
    Adoption adoption =
        adoption(done -> {
          assertOneOwner(done);
          if (steps.incrementAndGet() == step) {
            throw new IllegalStateException("killed");
          }
        });
    assertThatThrownBy(() -> command.accept(adoption)).hasMessage("killed");
    assertOneOwner("killed");
  }

  private void assertOneOwner(String step) {
    ReplicaScalerResource scaler = scaler().get();
    boolean scales = scaler != null && !scaler.getSpec().paused();
    assertThat(scales && autoscaler().get() != null).as("two owners after: %s", step).isFalse();
  }

  private void assertIsAsItWas(HorizontalPodAutoscaler before) {
    HorizontalPodAutoscaler now = autoscaler().require();
    assertThat(now.getSpec()).isEqualTo(before.getSpec());
    assertThat(now.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
    assertThat(now.getMetadata().getAnnotations()).isEqualTo(before.getMetadata().getAnnotations());
  }

  private Resource<HorizontalPodAutoscaler> autoscaler() {
    return cluster
        .admin
        .autoscaling()
        .v2()
        .horizontalPodAutoscalers()
        .inNamespace(WEB.namespace())
        .withName(WEB.name());
  }

  private Resource<ReplicaScalerResource> scaler() {
    return cluster
        .admin
        .resources(ReplicaScalerResource.class)
        .inNamespace(WEB.namespace())
        .withName(WEB.name());
  }

  private int replicas() {
    return cluster
        .admin
        .apps()
        .deployments()
        .inNamespace(WEB.namespace())
        .withName(WEB.name())
        .get()
        .getSpec()
        .getReplicas();
  }
}
