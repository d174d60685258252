package dev.windlass.core.replicas;

import dev.windlass.core.model.PodSpec;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What pods' samples are held at. All amounts are thousandths. */
sealed interface PodTarget {
  /** What counts as the pod's request. */
  PodRequest request(PodSpec spec);

  /**
   * How far the samples are from the target.
   *
   * @param sum of at least one sample
   * @return empty when no sample belongs to a pod with a request
   */
  Optional<Usage> usage(PodSum sum);

  /** What a pod without a sample is taken to use when that keeps the target from shrinking. */
  long assumedWhenShrinking(long request);

  /** Whether the sample of a pod that is not known adds to the usage. */
  boolean addsStrangers();

  /**
   * Usage against the target.
   *
   * @param ratio one means on target
   * @param current the usage as users read it
   */
  record Usage(double ratio, String current) {}

  /**
   * Samples added up.
   *
   * @param used the usage
   * @param requested the requests of the pods that have it
   * @param count how many samples
   */
  record PodSum(long used, long requested, int count) {
    static final PodSum NONE = new PodSum(0, 0, 0);

    PodSum plus(PodSum other) {
      return new PodSum(
          Quantities.saturatedSum(used, other.used),
          Quantities.saturatedSum(requested, other.requested),
          count + other.count);
    }

    /** The same pods, idle. */
    PodSum idle() {
      return new PodSum(0, requested, count);
    }
  }

  /**
   * A share of the pods' requests. The percentage is cut to an integer before it is compared, as
   * the HorizontalPodAutoscaler does.
   *
   * @param container the only container that counts, or null for all of them
   */
  record ShareOfRequests(String resource, @Nullable String container, int percent)
      implements PodTarget {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    @Override
    public PodRequest request(PodSpec spec) {
      return PodRequest.of(spec, resource, container);
    }

    @Override
    public Optional<Usage> usage(PodSum sum) {
      if (sum.requested() == 0) {
        return Optional.empty();
      }
      int now = percentOf(sum.used(), sum.requested());
      return Optional.of(new Usage((double) now / percent, Quantities.ofPercent(now)));
    }

    @Override
    public long assumedWhenShrinking(long request) {
      return request * Math.max(100, percent) / 100;
    }

    @Override
    public boolean addsStrangers() {
      return false;
    }

    private static int percentOf(long used, long requested) {
      BigInteger percent =
          BigInteger.valueOf(used).multiply(HUNDRED).divide(BigInteger.valueOf(requested));
      return (int) Math.clamp(percent.doubleValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
  }

  /** An average over the pods. */
  record Average(long milli) implements PodTarget {
    private static final PodRequest NO_REQUEST = new PodRequest.Known(0);

    @Override
    public PodRequest request(PodSpec spec) {
      return NO_REQUEST;
    }

    @Override
    public Optional<Usage> usage(PodSum sum) {
      long average = sum.used() / sum.count();
      return Optional.of(new Usage((double) average / milli, Quantities.ofMilli(average)));
    }

    @Override
    public long assumedWhenShrinking(long request) {
      return milli;
    }

    @Override
    public boolean addsStrangers() {
      return true;
    }
  }
}
