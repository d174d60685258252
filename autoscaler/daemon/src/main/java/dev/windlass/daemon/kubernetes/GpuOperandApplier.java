package dev.windlass.daemon.kubernetes;

import dev.windlass.daemon.cloud.Repeating;
import dev.windlass.daemon.resource.GpuStackMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.GpuStackSpec;
import dev.windlass.daemon.resource.Parsed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies the operands of each valid GpuStack by server-side apply, when its spec is new or has
 * changed, and now and then besides, so that what was changed by hand is put right.
 */
public final class GpuOperandApplier implements AutoCloseable {
  private static final String FIELD_MANAGER = "windlass";
  private static final int FORGET_AFTER = 60;

  private final KubernetesClient client;
  private final ClusterStores stores;
  private final BooleanSupplier leading;
  private final Consumer<String> log;
  private final Map<String, GpuStackSpec> applied = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private int times;
  private @Nullable Repeating repeating;

  /**
   * An applier that has not begun.
   *
   * @param leading whether this process may act now
   */
  public GpuOperandApplier(
      KubernetesClient client,
      ClusterStores stores,
      BooleanSupplier leading,
      Consumer<String> log) {
    this.client = client;
    this.stores = stores;
    this.leading = leading;
    this.log = log;
  }

  /** Looks now and then again and again, this long after the last time. */
  public void start(Duration interval) {
    repeating =
        Repeating.start(
            "gpu-operands", interval, this::applyAll, failure -> log.accept(failure.toString()));
  }

  @Override
  public void close() {
    if (repeating != null) {
      repeating.close();
    }
  }

  private void applyAll() {
    if (!leading.getAsBoolean()) {
      applied.clear();
      return;
    }
    times++;
    if (times % FORGET_AFTER == 0) {
      applied.clear();
    }
    Map<String, String> invalid = stores.gpu().stacks().problems();
    try (Stream<GpuStackResource> stacks = stores.gpu().stacks().values()) {
      stacks
          .filter(stack -> !invalid.containsKey(stack.getMetadata().getName()))
          .forEach(this::apply);
    }
  }

  private void apply(GpuStackResource stack) {
    String name = stack.getMetadata().getName();
    GpuStackSpec spec = stack.getSpec() == null ? GpuStackSpec.DEFAULT : stack.getSpec();
    if (spec.equals(applied.get(name))) {
      return;
    }
    String problem =
        switch (GpuStackMapping.operands(stack)) {
          case Parsed.Ok<List<HasMetadata>> ok -> apply(ok.value());
          case Parsed.Bad<List<HasMetadata>> bad -> bad.message();
        };
    if (problem.isEmpty()) {
      applied.put(name, spec);
      problems.remove(name);
    } else if (!problem.equals(problems.put(name, problem))) {
      log.accept("operands of GPU stack " + name + " were not applied: " + problem);
    }
  }

  /** Applies them in their order; returns an empty text, or what went wrong. */
  private String apply(List<HasMetadata> operands) {
    try {
      operands.forEach(this::apply);
      return "";
    } catch (KubernetesClientException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  private void apply(HasMetadata operand) {
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();
    client.resource(operand).patch(context, operand);
  }
}
