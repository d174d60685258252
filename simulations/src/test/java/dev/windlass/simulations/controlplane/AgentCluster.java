package dev.windlass.simulations.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A real API server with our kinds and the agent's place, and agents' tokens. */
record AgentCluster(KubernetesClient admin) {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final String NAMESPACE = "windlass-gpu";
  private static final String ACCOUNT = "windlass-gpu-agent";
  private static final long PATIENCE_SECONDS = 60;

  static AgentCluster install(KubernetesClient admin) throws IOException {
    try (Stream<Path> definitions = Files.list(DEPLOY.resolve("crds"))) {
      definitions.forEach(file -> read(file).forEach(each -> admin.resource(each).create()));
    }
    await("our kinds are served", () -> admin.supports("windlass.dev/v1alpha1", "GpuNode"));
    load("agent.yaml").forEach(each -> admin.resource(each).create());
    return new AgentCluster(admin);
  }

  /** Objects of a file beside the agent's. */
  static List<HasMetadata> load(String file) {
    return read(DEPLOY.resolve("agent").resolve(file));
  }

  private static List<HasMetadata> read(Path file) {
    try {
      return Stream.of(Files.readString(file).split("\n---\n")).map(AgentCluster::object).toList();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static HasMetadata object(String text) {
    return new KubernetesSerialization().unmarshal(text, GenericKubernetesResource.class);
  }

  static HasMetadata group(String name, String spec) {
    return object(
        "apiVersion: windlass.dev/v1alpha1\nkind: NodeGroup\nmetadata: {name: "
            + name
            + "}\nspec: "
            + spec);
  }

  /** A token as the kubelet of that node projects it into the agent's pod. */
  String tokenOfAgentOn(String node) {
    Pod pod =
        admin
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withName("agent-" + node)
                    .withNamespace(NAMESPACE)
                    .endMetadata()
                    .withNewSpec()
                    .withServiceAccountName(ACCOUNT)
                    .withNodeName(node)
                    .addNewContainer()
                    .withName("agent")
                    .withImage("agent")
                    .withNewSecurityContext()
                    .withPrivileged(true)
                    .endSecurityContext()
                    .endContainer()
                    .endSpec()
                    .build())
            .create();
    return token(
        new TokenRequestBuilder()
            .withNewSpec()
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(pod.getMetadata().getName())
            .withUid(pod.getMetadata().getUid())
            .endBoundObjectRef()
            .endSpec()
            .build());
  }

  /** A token of the same account that no kubelet has given to a pod. */
  String tokenWithoutNode() {
    return token(new TokenRequestBuilder().withNewSpec().endSpec().build());
  }

  private String token(TokenRequest request) {
    String token =
        admin
            .serviceAccounts()
            .inNamespace(NAMESPACE)
            .withName(ACCOUNT)
            .tokenRequest(request)
            .getStatus()
            .getToken();
    assertThat(token).isNotBlank();
    return token;
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
