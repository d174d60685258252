package dev.windlass.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a metrics source answered for one metric of one scaler. */
public sealed interface MetricReading {
  /** One sample for each pod that has one. */
  record PodSamples(List<PodSample> samples) implements MetricReading {
    public PodSamples {
      samples = List.copyOf(samples);
    }
  }

  /** All values of an object or external metric, in thousandths. */
  record Values(List<Long> milli) implements MetricReading {
    public Values {
      milli = List.copyOf(milli);
    }
  }

  /**
   * The source gave no answer that counts.
   *
   * @param message what went wrong, one sentence
   * @param cause what kind of failure it is
   */
  record Failure(String message, Cause cause) implements MetricReading {
    /** A source that did not answer. */
    public Failure(String message) {
      this(message, Cause.ERROR);
    }
  }

  /** Kinds of failure. */
  enum Cause {
    /** A value that none can be: not a number, infinite, negative. */
    VALUE,
    /** The source answers that there is nothing. */
    EMPTY,
    /** No answer, or none that can be understood. */
    ERROR
  }

  /**
   * A pod's sample.
   *
   * @param pod the pod's name in the scaler's namespace
   * @param milliByContainer the value of each container, in thousandths; a custom metric has one
   *     value under the empty name. Empty where the source listed a container without the resource
   *     of a {@code Resource} metric: such a pod counts as one without a sample
   * @param at when the sample's window ended
   * @param window how long it covers
   */
  record PodSample(String pod, Map<String, Long> milliByContainer, Instant at, Duration window) {
    public PodSample {
      milliByContainer = Map.copyOf(milliByContainer);
    }
  }
}
