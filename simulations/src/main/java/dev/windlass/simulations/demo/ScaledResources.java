package dev.windlass.simulations.demo;

import dev.windlass.core.model.Policy;
import dev.windlass.daemon.resource.Texts;
import dev.windlass.simulations.world.Pace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Waiting periods and deadlines of a world that runs faster than the wall clock. What waits for a
 * real machine (staleness, leases, calls) stays as it is; a deadline never becomes shorter than a
 * busy machine needs.
 */
final class ScaledResources {
  private static final Duration SHORTEST_DEADLINE = Duration.ofSeconds(25);
  private static final Set<String> KINDS = Set.of("NodeGroup", "GpuStack");
  private static final String DEADLINES = "deadlines";
  private static final String DEADLINE = "provisionTimeout";

  private final Pace pace;

  ScaledResources(Pace pace) {
    this.pace = pace;
  }

  /** The policy with its periods in wall-clock time. */
  Policy policy(Policy policy) {
    return new Policy(
        new Policy.ScaleUp(
            policy.scaleUp().maxNewNodes(),
            policy.scaleUp().expendableBelow(),
            policy.scaleUp().schedulerNames(),
            policy.scaleUp().defaultSpread(),
            pace.real(policy.scaleUp().backoffInitial()),
            pace.real(policy.scaleUp().backoffMax())),
        new Policy.ScaleDown(
            policy.scaleDown().enabled(),
            pace.real(policy.scaleDown().unneededTime()),
            deadline(policy.scaleDown().unreadyTime()),
            pace.real(policy.scaleDown().delayAfterAdd()),
            deadline(policy.scaleDown().drainTimeout()),
            policy.scaleDown().utilizationThreshold(),
            policy.scaleDown().limits()),
        new Policy.Replicas(
            policy.replicas().tolerance(),
            pace.real(policy.replicas().downscaleStabilization()),
            pace.real(policy.replicas().cpuInitializationPeriod()),
            pace.real(policy.replicas().initialReadinessDelay()),
            pace.real(policy.replicas().syncPeriod())),
        policy.gpu(),
        policy.staleness(),
        policy.assumeElapsed());
  }

  /** The object with its durations in wall-clock time, if it is one of those that have some. */
  HasMetadata object(HasMetadata object) {
    if (!KINDS.contains(object.getKind())) {
      return object;
    }
    GenericKubernetesResource tree =
        Serialization.clone(
            Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class));
    tree.getAdditionalProperties().computeIfPresent("spec", (key, spec) -> scaled(key, spec));
    return tree;
  }

  private Object scaled(String key, Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((name, child) -> {
        String field = String.valueOf(name);
        copy.put(field, scaled(key.equals(DEADLINES) ? DEADLINE : field, child));
      });
      return copy;
    }
    return value instanceof String text
        ? Texts.duration(text).map(length -> text(key, text, length)).orElse(text)
        : value;
  }

  private String text(String key, String text, Duration ofWorld) {
    return switch (key) {
      case "unneededTime" -> Texts.text(pace.real(ofWorld));
      case DEADLINE -> Texts.text(deadline(ofWorld));
      default -> text;
    };
  }

  private Duration deadline(Duration ofWorld) {
    Duration real = pace.real(ofWorld);
    return real.compareTo(SHORTEST_DEADLINE) < 0 ? SHORTEST_DEADLINE : real;
  }
}
