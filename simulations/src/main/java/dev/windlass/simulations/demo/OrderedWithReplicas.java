package dev.windlass.simulations.demo;

import dev.windlass.simulations.cloud.CloudOrder;
import dev.windlass.simulations.cloud.CloudState;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine for a workload's first replicas was ordered in the tick that decided on them. Seen
 * from outside: order and scaling are closer together than two ticks ever are.
 */
final class OrderedWithReplicas implements AuditRule {
  private final String deployment;
  private final String group;
  private final Duration betweenTicks;
  private final CloudState cloud;
  private final InstantSource clock;
  private @Nullable Instant scaledAt;

  /**
   * Watches one workload.
   *
   * @param betweenTicks the shortest time between two ticks
   */
  OrderedWithReplicas(
      String deployment,
      String group,
      Duration betweenTicks,
      CloudState cloud,
      InstantSource clock) {
    this.deployment = deployment;
    this.group = group;
    this.betweenTicks = betweenTicks;
    this.cloud = cloud;
    this.clock = clock;
  }

  @Override
  public synchronized void deploymentChanged(Change<Deployment> change) {
    Deployment before = change.before();
    Deployment after = change.after();
    boolean grew =
        before != null
            && after != null
            && after.getMetadata().getName().equals(deployment)
            && after.getSpec().getReplicas() > before.getSpec().getReplicas();
    if (grew && scaledAt == null) {
      scaledAt = clock.instant();
    }
  }

  @Override
  public synchronized String promise() {
    return "the machine for %s was ordered in the tick that decided its replicas: %s"
        .formatted(deployment, gap().map(gap -> gap.toMillis() + " ms apart").orElse("not seen"));
  }

  private Optional<Duration> gap() {
    Optional<Instant> orderedAt =
        cloud.orders().stream()
            .filter(order -> order.group().value().equals(group) && order.to() > order.from())
            .map(CloudOrder::at)
            .findFirst();
    Instant scaled = scaledAt;
    return scaled == null
        ? Optional.empty()
        : orderedAt.map(ordered -> Duration.between(scaled, ordered).abs());
  }

  @Override
  public synchronized List<String> violations() {
    Optional<Duration> gap = gap();
    if (gap.isEmpty()) {
      return List.of("it was never scaled, or no machine was ordered");
    }
    return gap.get().compareTo(betweenTicks) < 0
        ? List.of()
        : List.of("order and scaling were " + gap.get().toMillis() + " ms apart");
  }
}
