package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Policy;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pods' samples count, as the HorizontalPodAutoscaler groups them.
 *
 * @param milli the value of each pod that counts, in thousandths
 * @param readyCount how many of the target's pods these are
 * @param unready pods that are too young to be judged
 * @param missing pods that should have a sample
 */
record PodSampling(
    Map<String, Long> milli, int readyCount, Set<String> unready, Set<String> missing) {
  PodSampling {
    milli = Map.copyOf(milli);
    unready = Set.copyOf(unready);
    missing = Set.copyOf(missing);
  }

  /** Where a pod belongs. */
  private enum Group {
    IGNORED,
    UNREADY,
    MISSING,
    READY
  }

  /**
   * Groups pods.
   *
   * @param values each sampled pod's value; samples of pods that are not in the list stay
   * @param samples the samples themselves, for their times
   * @param cpu whether a pod's youth and readiness count
   */
  static PodSampling of(
      List<Pod> pods, Map<String, Long> values, Map<String, PodSample> samples, Trust cpu) {
    Map<String, Long> milli = new HashMap<>(values);
    Set<String> unready = new HashSet<>();
    Set<String> missing = new HashSet<>();
    int readyCount = 0;
    for (Pod pod : pods) {
      String name = pod.key().name();
      PodSample sample = values.containsKey(name) ? samples.get(name) : null;
      switch (group(pod, sample, cpu)) {
        case IGNORED -> milli.remove(name);
        case UNREADY -> {
          unready.add(name);
          milli.remove(name);
        }
        case MISSING -> missing.add(name);
        case READY -> readyCount++;
      }
    }
    return new PodSampling(milli, readyCount, unready, missing);
  }

  /** Whether a pod neither serves nor will: it ends or has ended. */
  static boolean isIgnored(Pod pod) {
    return pod.metadata().deletedAt() != null || pod.status().isTerminal();
  }

  private static Group group(Pod pod, @Nullable PodSample sample, Trust trust) {
    if (isIgnored(pod)) {
      return Group.IGNORED;
    }
    if (pod.status().phase() == PodStatus.Phase.PENDING) {
      return Group.UNREADY;
    }
    if (sample == null) {
      return Group.MISSING;
    }
    return trust.trusts(pod.status(), sample) ? Group.READY : Group.UNREADY;
  }

  /** When a pod's sample says something about its load. */
  sealed interface Trust {
    boolean trusts(PodStatus status, PodSample sample);

    /** Memory and custom metrics: always. */
    record Always() implements Trust {
      @Override
      public boolean trusts(PodStatus status, PodSample sample) {
        return true;
      }
    }

    /** Cpu: not while the pod starts, since starting is work too. */
    record OnceStarted(Policy.Replicas policy, Instant now) implements Trust {
      @Override
      public boolean trusts(PodStatus status, PodSample sample) {
        Boolean ready = status.ready();
        Instant started = status.startedAt();
        if (ready == null || started == null) {
          return false;
        }
        Instant changed = status.readyChangedAt();
        Instant since = changed == null ? Instant.MIN : changed;
        if (started.plus(policy.cpuInitializationPeriod()).isAfter(now)) {
          return ready && !sample.at().isBefore(since.plus(sample.window()));
        }
        return ready || !started.plus(policy.initialReadinessDelay()).isAfter(since);
      }
    }
  }
}
