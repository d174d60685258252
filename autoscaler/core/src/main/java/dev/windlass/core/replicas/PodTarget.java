package dev.windlass.core.replicas;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** What pods' samples are held at. All amounts are thousandths. */
sealed interface PodTarget {
  /**
   * How far the samples are from the target.
   *
   * @param samples each pod's value; at least one
   * @return empty when no sample belongs to a pod with a request
   */
  Optional<Usage> usage(Map<String, Long> samples);

  /** What a pod without a sample is taken to use when that keeps the target from shrinking. */
  long assumedWhenShrinking(String pod);

  /**
   * Usage against the target.
   *
   * @param ratio one means on target
   * @param current the usage as users read it
   */
  record Usage(double ratio, String current) {}

  /**
   * A share of the pods' requests. The percentage is cut to an integer before it is compared, as
   * the HorizontalPodAutoscaler does.
   */
  record ShareOfRequests(Map<String, Long> requests, int percent) implements PodTarget {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    @Override
    public Optional<Usage> usage(Map<String, Long> samples) {
      long used = 0;
      long requested = 0;
      for (Map.Entry<String, Long> sample : samples.entrySet()) {
        Long request = requests.get(sample.getKey());
        if (request != null) {
          used = Quantities.saturatedSum(used, sample.getValue());
          requested = Quantities.saturatedSum(requested, request);
        }
      }
      if (requested == 0) {
        return Optional.empty();
      }
      int now = percentOf(used, requested);
      return Optional.of(new Usage((double) now / percent, Quantities.ofPercent(now)));
    }

    @Override
    public long assumedWhenShrinking(String pod) {
      Long request = requests.get(pod);
      return request == null ? 0 : request * Math.max(100, percent) / 100;
    }

    private static int percentOf(long used, long requested) {
      BigInteger percent =
          BigInteger.valueOf(used).multiply(HUNDRED).divide(BigInteger.valueOf(requested));
      return (int) Math.clamp(percent.doubleValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
  }

  /** An average over the pods. */
  record Average(long milli) implements PodTarget {
    @Override
    public Optional<Usage> usage(Map<String, Long> samples) {
      long sum = 0;
      for (long sample : samples.values()) {
        sum = Quantities.saturatedSum(sum, sample);
      }
      long average = sum / samples.size();
      return Optional.of(new Usage((double) average / milli, Quantities.ofMilli(average)));
    }

    @Override
    public long assumedWhenShrinking(String pod) {
      return milli;
    }
  }
}
