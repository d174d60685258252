package dev.windlass.simulations.controlplane;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.windlass.daemon.resource.CustomResourceDefinitions;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The real control plane as tests ask for it. */
public final class RealControlPlane {
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private RealControlPlane() {}

  /** Its programs; skips the test with one line where there are none. */
  public static Binaries binaries() {
    Optional<Binaries> found = Binaries.find(System.getenv());
    return found.isPresent() ? found.get() : abort(Binaries.MISSING);
  }

  /** Installs our definitions and waits until their objects can be written. */
  public static void installDefinitions(KubernetesClient client) {
    for (CustomResourceDefinition each : CustomResourceDefinitions.all()) {
      client.resource(each).create();
      String name = each.getMetadata().getName();
      await(
          name + " is established",
          () -> "True".equals(conditions(client.resource(each).get()).get("Established")));
    }
  }

  /** The status of each condition of a definition. */
  static Map<String, String> conditions(CustomResourceDefinition definition) {
    @Nullable List<CustomResourceDefinitionCondition> conditions =
        definition.getStatus() == null ? null : definition.getStatus().getConditions();
    return conditions == null
        ? Map.of()
        : conditions.stream()
            .collect(
                Collectors.toMap(
                    CustomResourceDefinitionCondition::getType,
                    CustomResourceDefinitionCondition::getStatus));
  }

  /** Waits until it holds; fails after a minute. */
  public static void await(String what, BooleanSupplier condition) {
    await(() -> what, condition);
  }

  /** The same with words that say what is missing still. */
  public static void await(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain until " + what.get());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting until " + what.get(), interrupted);
      }
    }
  }
}
