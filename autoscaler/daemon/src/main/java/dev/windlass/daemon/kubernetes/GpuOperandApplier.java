package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.GpuStack;
import dev.windlass.core.model.Keys;
import dev.windlass.daemon.cloud.Repeating;
import dev.windlass.daemon.resource.GpuStackMapping;
import dev.windlass.daemon.resource.GpuStackResource;
import dev.windlass.daemon.resource.GpuStackSpec;
import dev.windlass.daemon.resource.Parsed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
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
 * changed, and now and then besides, so that what was changed by hand is put right. What a changed
 * stack has no more is retired; what belongs to a stack that is gone, the API server collects.
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
  private final RetiredOperands retired;
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
    retired = new RetiredOperands(client);
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
    switch (GpuStackMapping.operands(stack)) {
      case Parsed.Ok<List<HasMetadata>>(List<HasMetadata> operands) -> {
        try {
          operands.forEach(each -> apply(owned(each, stack)));
          problems.remove(name);
          if (retired.retire(name, version(stack), operands)) {
            applied.put(name, spec);
          }
        } catch (KubernetesClientException failure) {
          tell(name, String.valueOf(failure.getMessage()));
        }
      }
      case Parsed.Bad<List<HasMetadata>> bad -> tell(name, bad.message());
    }
  }

  private void tell(String stack, String problem) {
    if (!problem.equals(problems.put(stack, problem))) {
      log.accept("operands of GPU stack " + stack + " were not applied: " + problem);
    }
  }

  private static String version(GpuStackResource stack) {
    return GpuStackMapping.parse(stack) instanceof Parsed.Ok<GpuStack>(GpuStack read)
        ? read.upgrade().version()
        : "";
  }

  /** What only this stack has goes with it. */
  private static HasMetadata owned(HasMetadata operand, GpuStackResource stack) {
    String name = operand.getMetadata().getLabels().get(Keys.GPU_STACK);
    if (stack.getMetadata().getName().equals(name)) {
      operand
          .getMetadata()
          .setOwnerReferences(
              List.of(
                  new OwnerReferenceBuilder()
                      .withApiVersion(stack.getApiVersion())
                      .withKind(stack.getKind())
                      .withName(name)
                      .withUid(stack.getMetadata().getUid())
                      .build()));
    }
    return operand;
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
