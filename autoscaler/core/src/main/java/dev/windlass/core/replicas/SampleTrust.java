package dev.windlass.core.replicas;

import dev.windlass.core.model.MetricReading.PodSample;
import dev.windlass.core.model.PodStatus;
import dev.windlass.core.model.Policy;
import java.time.Instant;

/** When a pod's sample says something about its load. */
sealed interface SampleTrust {
  /** Whether it does. */
  boolean trusts(PodStatus status, PodSample sample);

  /** Memory and custom metrics: always. */
  record Always() implements SampleTrust {
    @Override
    public boolean trusts(PodStatus status, PodSample sample) {
      return true;
    }
  }

  /** Cpu: not while the pod starts, since starting is work too. */
  record OnceStarted(Policy.Replicas policy, Instant now) implements SampleTrust {
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
