package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.PodSpec;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.replicas.PodTarget.PodSum;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up pods' samples in the groups of the HorizontalPodAutoscaler: pods that count, pods that
 * are too young to be judged, pods that should have a sample. Pods that end are in none.
 */
final class PodTally {
  private final PodTarget target;
  private final SampleTrust trust;
  private final @Nullable String container;
  private final IdentityHashMap<PodSpec, PodRequest> requests = new IdentityHashMap<>();
  private PodSum ready = PodSum.NONE;
  private PodSum strangers = PodSum.NONE;
  private PodSum missing = PodSum.NONE;
  private PodSum unready = PodSum.NONE;
  private String problem = "";

  /**
   * An empty tally.
   *
   * @param container the only container whose samples count, or null for all of them
   */
  PodTally(PodTarget target, SampleTrust trust, @Nullable String container) {
    this.target = target;
    this.trust = trust;
    this.container = container;
  }

  /** Whether a pod neither serves nor will: it ends or has ended. */
  static boolean isIgnored(Pod pod) {
    return pod.metadata().deletedAt() != null || pod.status().isTerminal();
  }

  /**
   * Adds everything up.
   *
   * @param strict whether samples of other pods count, and pods that end need a request too
   */
  void add(List<Pod> pods, List<PodSample> samples, boolean strict) {
    Map<String, PodSample> byPod = HashMap.newHashMap(samples.size());
    samples.forEach(sample -> byPod.put(sample.pod(), sample));
    for (Pod pod : pods) {
      PodSample sample = strict ? byPod.remove(pod.key().name()) : byPod.get(pod.key().name());
      if (strict || !isIgnored(pod)) {
        add(pod, sample);
      }
    }
    if (strict) {
      byPod.values().forEach(this::addStranger);
    }
  }

  /** Which pod has no request, or empty. */
  String problem() {
    return problem;
  }

  /** The pods that count. */
  PodSum counted() {
    return ready.plus(strangers);
  }

  /** How many of the target's own pods these are. */
  int readyPods() {
    return ready.count();
  }

  /** The pods that should have a sample, taken to use what keeps the target from shrinking. */
  PodSum missing() {
    return missing;
  }

  /** The pods that are too young to be judged, idle. */
  PodSum unready() {
    return unready;
  }

  private void add(Pod pod, @Nullable PodSample sample) {
    switch (requests.computeIfAbsent(pod.spec(), target::request)) {
      case PodRequest.Missing none -> {
        if (problem.isEmpty()) {
          problem = "pod " + pod.key() + " " + none.why();
        }
      }
      case PodRequest.Known request -> add(pod, sample, request.milli());
    }
  }

  private void add(Pod pod, @Nullable PodSample sample, long request) {
    Long value = sample == null ? null : value(sample);
    if (isIgnored(pod)) {
      return;
    }
    if (pod.status().phase() == PodStatus.Phase.PENDING) {
      unready = unready.plus(new PodSum(0, request, 1));
    } else if (sample == null || value == null) {
      missing = missing.plus(new PodSum(target.assumedWhenShrinking(request), request, 1));
    } else if (trust.trusts(pod.status(), sample)) {
      ready = ready.plus(new PodSum(value, request, 1));
    } else {
      unready = unready.plus(new PodSum(0, request, 1));
    }
  }

  private void addStranger(PodSample sample) {
    Long value = value(sample);
    if (value != null) {
      strangers = strangers.plus(new PodSum(target.addsStrangers() ? value : 0, 0, 1));
    }
  }

  private @Nullable Long value(PodSample sample) {
    if (container != null) {
      return sample.milliByContainer().get(container);
    }
    if (sample.milliByContainer().isEmpty()) {
      return null;
    }
    long sum = 0;
    for (long milli : sample.milliByContainer().values()) {
      sum = Quantities.saturatedSum(sum, milli);
    }
    return sum;
  }
}
