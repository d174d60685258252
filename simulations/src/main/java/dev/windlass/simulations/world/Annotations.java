package dev.windlass.simulations.world;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Annotations that tell the simulated world what a workload does; the real world ignores them.
 * Durations are ISO 8601 or a number with {@code s}, {@code m} or {@code h}, in the world's time.
 */
public final class Annotations {
  private static final String PREFIX = "world.windlass.dev/";

  /** On any object of a scenario: when it is created. */
  public static final String AT = PREFIX + "at";

  /** On a pod: it succeeds this long after it began to run. */
  public static final String RUN_FOR = PREFIX + "run-for";

  /** On a pod: it is ready this long after it was bound. */
  public static final String START_DELAY = PREFIX + "start-delay";

  /** On a Deployment: the cpu that all its pods together are asked for, over time. */
  public static final String CPU_LOAD = PREFIX + "cpu-load";

  /** On a Deployment: prefix of a custom metric's name; its sum over all pods, over time. */
  public static final String METRIC_LOAD = PREFIX + "metric-";

  private Annotations() {}

  static Optional<String> value(HasMetadata object, String key) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(key));
  }

  /** The names of the custom metrics that an object's annotations describe. */
  static List<String> loads(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null
        ? List.of()
        : annotations.keySet().stream()
            .filter(key -> key.startsWith(METRIC_LOAD))
            .map(key -> key.substring(METRIC_LOAD.length()))
            .sorted()
            .toList();
  }

  /** The duration that an annotation gives. */
  public static Optional<Duration> duration(HasMetadata object, String key) {
    return value(object, key).map(Annotations::parse);
  }

  /** Reads a duration like {@code 90s}, {@code 5m}, {@code PT1H}. */
  public static Duration parse(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith("P")) {
      return Duration.parse(trimmed);
    }
    return Duration.parse("PT" + trimmed);
  }

  /** When the loads that an object's annotations describe change for the last time. */
  public static Duration lastTurn(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    if (annotations == null) {
      return Duration.ZERO;
    }
    return annotations.entrySet().stream()
        .filter(entry -> entry.getKey().equals(CPU_LOAD) || entry.getKey().startsWith(METRIC_LOAD))
        .map(entry -> LoadCurve.parse(entry.getValue()).points().lastKey())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
