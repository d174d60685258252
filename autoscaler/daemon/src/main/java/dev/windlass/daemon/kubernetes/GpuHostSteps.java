package dev.windlass.daemon.kubernetes;

import dev.windlass.daemon.cloud.Repeating;
import dev.windlass.daemon.resource.GpuNodeConversation;
import dev.windlass.daemon.resource.GpuNodeResource;
import dev.windlass.daemon.resource.GpuNodeSpec;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.engine.WakeUp;
import dev.windlass.gpu.host.HostPlan;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the agents: writes the next task of each GpuNode's step into its spec as soon as the
 * agent has ended the one before, or why the step can't be done. It decides no step; that is the
 * decision's. A write says which version it answers, so two daemons never ask for two things.
 */
public final class GpuHostSteps implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final ClusterStores stores;
  private final BooleanSupplier leading;
  private final Consumer<String> log;
  private final WakeUp changes;
  private @Nullable Repeating repeating;

  /**
   * Not begun yet.
   *
   * @param leading whether this process may act now
   */
  public GpuHostSteps(
      KubernetesClient client,
      ClusterStores stores,
      BooleanSupplier leading,
      Consumer<String> log) {
    this.client = client;
    this.stores = stores;
    this.leading = leading;
    this.log = log;
    changes = stores.gpu().nodeWrites();
  }

  /** Begins; from then on every change of a GpuNode is answered. */
  public void start() {
    repeating =
        Repeating.start(
            "gpu-host-steps", Duration.ZERO, this::answerAll, each -> log.accept(each.toString()));
  }

  @Override
  public void close() {
    if (repeating != null) {
      repeating.close();
    }
  }

  private void answerAll() {
    try {
      changes.await(LONGEST_PAUSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    if (leading.getAsBoolean()) {
      try (Stream<GpuNodeResource> nodes = stores.gpu().nodes().values()) {
        nodes.forEach(this::answer);
      }
    }
  }

  private void answer(GpuNodeResource node) {
    GpuNodeSpec spec = node.getSpec();
    GpuStackResource stack = spec == null ? null : stores.gpu().stacks().get(spec.stack());
    if (spec == null || stack == null) {
      return;
    }
    switch (GpuNodeConversation.next(node, stack)) {
      case HostPlan.Keep() -> {}
      case HostPlan.Ask(var task) -> write(node, "task", GpuNodeConversation.written(task));
      case HostPlan.Refuse(String cause, String message) -> refuse(node, spec, cause, message);
    }
  }

  private void refuse(GpuNodeResource node, GpuNodeSpec spec, String cause, String message) {
    GpuNodeSpec.Refusal refusal =
        new GpuNodeSpec.Refusal(String.valueOf(spec.operationId()), cause, message);
    if (!refusal.equals(spec.refusal())) {
      write(node, "refusal", refusal);
    }
  }

  private void write(GpuNodeResource node, String field, Object value) {
    String version = node.getMetadata().getResourceVersion();
    List<Map<String, Object>> patch =
        List.of(
            Map.of("op", "test", "path", "/metadata/resourceVersion", "value", version),
            Map.of("op", "add", "path", "/spec/" + field, "value", value));
    String name = node.getMetadata().getName();
    try {
      client
          .resources(GpuNodeResource.class)
          .withName(name)
          .patch(PatchContext.of(PatchType.JSON), JsonMapper.shared().writeValueAsString(patch));
    } catch (KubernetesClientException failure) {
      log.accept("GpuNode " + name + " was not answered: " + failure.getMessage());
    }
  }
}
