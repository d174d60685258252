package dev.windlass.core.replicas;

import dev.windlass.core.model.Identity;
import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodMetadata;
import dev.windlass.core.model.PodPlacementRules;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.PodStatus.Phase;
import dev.windlass.core.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pods and their samples, written as words: {@code [state:]SAMPLE[/REQUEST]}, where a sample is a
 * number of thousandths or {@code -} for none, and a request is a number or {@code none}; 1000
 * without one. States: {@code pending}, {@code ending}, {@code failed}, {@code succeeded}, {@code
 * never} (never ready, 10 s old), {@code lost} (was ready, an hour old, lost it 5 minutes ago),
 * {@code late} (an hour old, never ready), {@code fresh} (a minute old, ready for 10 s, sample
 * window 30 s), {@code warm} (a minute old, ready for 40 s), {@code bare} (no Ready condition),
 * {@code stranger} (a sample without a pod).
 */
record PodTokens(List<Pod> pods, List<PodSample> samples) {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  static final String NAMESPACE = "shop";
  static final Map<String, String> LABELS = Map.of("app", "web");

  static PodTokens parse(String words) {
    List<Pod> pods = new ArrayList<>();
    List<PodSample> samples = new ArrayList<>();
    String[] tokens = words.isBlank() ? new String[0] : words.strip().split(" +");
    for (int i = 0; i < tokens.length; i++) {
      String[] parts = tokens[i].split(":");
      String state = parts.length == 2 ? parts[0] : "ready";
      String[] amounts = parts[parts.length - 1].split("/");
      String name = "p" + i;
      if (!amounts[0].equals("-")) {
        samples.add(sample(name, Long.parseLong(amounts[0])));
      }
      if (!state.equals("stranger")) {
        pods.add(pod(name, state, amounts.length == 2 ? amounts[1] : "1000"));
      }
    }
    return new PodTokens(pods, samples);
  }

  static PodSample sample(String pod, long milli) {
    return new PodSample(pod, Map.of("main", milli), NOW, Duration.ofSeconds(30));
  }

  private static Pod pod(String name, String state, String request) {
    Resources requests =
        request.equals("none")
            ? Resources.NONE
            : Resources.of(Map.of("cpu", Long.parseLong(request), "memory", 1L));
    return pod(
        name,
        status(state),
        PodSpec.of(requests, PodPlacementRules.ANYWHERE),
        state.equals("ending") ? NOW.plusSeconds(20) : null);
  }

  static Pod pod(String name, PodStatus status, PodSpec spec, @Nullable Instant deletedAt) {
    return new Pod(
        new ObjectKey(NAMESPACE, name),
        new PodMetadata(Identity.NONE, LABELS, Map.of(), null, NOW.minusSeconds(3600), deletedAt),
        spec,
        status,
        Pod.Placement.UNPLACED,
        Pod.Lifecycle.USUAL);
  }

  static PodStatus status(String state) {
    return switch (state) {
      case "ready", "ending" -> running(true, 3600, 3590);
      case "pending" -> running(Phase.PENDING, false, 60, 60);
      case "failed" -> running(Phase.FAILED, false, 3600, 60);
      case "succeeded" -> running(Phase.SUCCEEDED, false, 3600, 60);
      case "never" -> running(false, 10, 10);
      case "lost" -> running(false, 3600, 300);
      case "late" -> running(false, 3600, 3600);
      case "fresh" -> running(true, 60, 10);
      case "warm" -> running(true, 60, 40);
      case "bare" ->
          new PodStatus(
              Phase.RUNNING, null, null, NOW.minusSeconds(3600), PodStatus.Scheduling.SCHEDULED);
      default -> throw new IllegalArgumentException(state);
    };
  }

  private static PodStatus running(boolean ready, long startedAgo, long changedAgo) {
    return running(Phase.RUNNING, ready, startedAgo, changedAgo);
  }

  private static PodStatus running(Phase phase, boolean ready, long startedAgo, long changedAgo) {
    return new PodStatus(
        phase,
        ready,
        NOW.minusSeconds(changedAgo),
        NOW.minusSeconds(startedAgo),
        PodStatus.Scheduling.SCHEDULED);
  }
}
