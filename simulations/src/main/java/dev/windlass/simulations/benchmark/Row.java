package dev.windlass.simulations.benchmark;

import dev.windlass.core.model.ClusterSnapshot;
import dev.windlass.core.model.Policy;
import java.util.function.LongFunction;

/**
 * One line of the report: a cluster, what is asked of its decision, and how it is measured.
 *
 * @param name as the command line takes it
 * @param title as the report shows it
 * @param peer what a peer needs for it; empty when nobody says
 * @param goal what is to be reached
 * @param effort how it is measured
 * @param followsItself whether each decision remembers the one before
 * @param policy the decision's policy
 * @param cluster makes the cluster from a seed
 */
record Row(
    String name,
    String title,
    String peer,
    Goal goal,
    Effort effort,
    boolean followsItself,
    Policy policy,
    LongFunction<ClusterSnapshot> cluster) {

  /**
   * Upper bounds, each infinite when it is free.
   *
   * @param millis the time of one decision
   * @param nodes nodes bought
   * @param usdPerHour what they cost
   */
  record Goal(double millis, double nodes, double usdPerHour) {
    static final Goal NONE =
        new Goal(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    static Goal millis(double millis) {
      return new Goal(millis, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
  }

  /** How a row is measured. */
  enum Effort {
    /** Decisions of some milliseconds. */
    SMALL(60, 41, 1),
    /** Decisions of some tenths of a second. */
    MEDIUM(12, 15, 1),
    /** Decisions over the largest clusters. */
    LARGE(5, 9, 1),
    /** The first decision of a fresh JVM, several times. */
    COLD(0, 1, 5);

    private final int warmUps;
    private final int runs;
    private final int forks;

    Effort(int warmUps, int runs, int forks) {
      this.warmUps = warmUps;
      this.runs = runs;
      this.forks = forks;
    }

    int warmUps() {
      return warmUps;
    }

    int runs() {
      return runs;
    }

    int forks() {
      return forks;
    }
  }
}
