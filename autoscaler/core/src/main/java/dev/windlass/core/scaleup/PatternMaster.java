package dev.windlass.core.scaleup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The linear program over patterns: how many nodes of each pattern, in fractions, cover all pods at
 * the least cost; solved by the revised simplex method with a dense inverse. Its duals say what a
 * pod of each row is worth. Costs are in millionths of a US dollar an hour.
 */
final class PatternMaster {
  private static final double TOLERANCE = 1e-7;
  private static final int MAX_PIVOTS = 20_000;

  private final int size;
  private final double[] demand;
  private final List<Pattern> patterns = new ArrayList<>();
  private final Set<Pattern> known = new HashSet<>();
  private final double[][] inverse;
  private final int[] basis;
  private final double[] amounts;
  private final double[] duals;

  /**
   * A program that begins with one pattern for each row, which takes pods of that row alone.
   *
   * @param singles these patterns, by row
   * @param demand pods by row, each more than zero
   */
  PatternMaster(List<Pattern> singles, int[] demand) {
    size = demand.length;
    this.demand = new double[size];
    inverse = new double[size][size];
    basis = new int[size];
    amounts = new double[size];
    duals = new double[size];
    for (int row = 0; row < size; row++) {
      this.demand[row] = demand[row];
      Pattern single = singles.get(row);
      add(single);
      basis[row] = row;
      inverse[row][row] = 1.0 / single.count(0);
      amounts[row] = demand[row] * inverse[row][row];
      duals[row] = single.offer().cost() * inverse[row][row];
    }
  }

  /** Adds a pattern that is not known yet; returns whether it was new. */
  boolean add(Pattern pattern) {
    if (!known.add(pattern)) {
      return false;
    }
    patterns.add(pattern);
    return true;
  }

  double[] duals() {
    return duals.clone();
  }

  double cost() {
    double cost = 0;
    for (int row = 0; row < size; row++) {
      cost += basis[row] < 0 ? 0 : amounts[row] * patterns.get(basis[row]).offer().cost();
    }
    return cost;
  }

  /** A pattern of the solution and how often it is bought, in fractions. */
  record Share(Pattern pattern, double amount) {}

  /** The patterns of the solution, in the order of the rows they stand for. */
  List<Share> solution() {
    List<Share> shares = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      if (basis[row] >= 0 && amounts[row] > TOLERANCE) {
        shares.add(new Share(patterns.get(basis[row]), amounts[row]));
      }
    }
    return shares;
  }

  /** The patterns whose pods are worth at least so large a share of their cost, best first. */
  List<Pattern> best(double leastShare, int atMost) {
    return patterns.stream()
        .filter(pattern -> share(pattern) >= leastShare)
        .sorted(Comparator.comparingDouble((Pattern pattern) -> -share(pattern)))
        .limit(atMost)
        .toList();
  }

  private double share(Pattern pattern) {
    return pattern.value(duals) / pattern.offer().cost();
  }

  /** Goes on to the best solution over the patterns that are known. */
  void solve() {
    double[] column = new double[size];
    for (int pivot = 0; pivot < MAX_PIVOTS; pivot++) {
      int entering = entering();
      if (entering == Integer.MAX_VALUE) {
        return;
      }
      direction(entering, column);
      int leaving = leaving(column);
      if (leaving < 0) {
        return;
      }
      pivot(entering, leaving, column);
    }
  }

  /** The column that gains most for each unit; a negative number -1-i is the surplus of row i. */
  private int entering() {
    int best = Integer.MAX_VALUE;
    double bestGain = TOLERANCE;
    for (int index = 0; index < patterns.size(); index++) {
      Pattern pattern = patterns.get(index);
      long cost = pattern.offer().cost();
      double gain = (pattern.value(duals) - cost) / cost;
      if (gain > bestGain) {
        bestGain = gain;
        best = index;
      }
    }
    if (best != Integer.MAX_VALUE) {
      return best;
    }
    for (int row = 0; row < size; row++) {
      if (duals[row] < -TOLERANCE) {
        return -1 - row;
      }
    }
    return best;
  }

  private void direction(int entering, double[] column) {
    for (int row = 0; row < size; row++) {
      double[] line = inverse[row];
      double sum = 0;
      if (entering < 0) {
        sum = -line[-1 - entering];
      } else {
        Pattern pattern = patterns.get(entering);
        for (int index = 0; index < pattern.size(); index++) {
          sum += line[pattern.row(index)] * pattern.count(index);
        }
      }
      column[row] = sum;
    }
  }

  private int leaving(double[] column) {
    int leaving = -1;
    double least = Double.MAX_VALUE;
    for (int row = 0; row < size; row++) {
      if (column[row] > 1e-9) {
        double ratio = amounts[row] / column[row];
        boolean tie = leaving >= 0 && Math.abs(ratio - least) < 1e-12;
        if (tie ? column[row] > column[leaving] : ratio < least) {
          least = ratio;
          leaving = row;
        }
      }
    }
    return leaving;
  }

  private void pivot(int entering, int leaving, double[] column) {
    double cost = entering < 0 ? 0 : patterns.get(entering).offer().cost();
    double worth = entering < 0 ? -duals[-1 - entering] : patterns.get(entering).value(duals);
    double reduced = cost - worth;
    double[] line = inverse[leaving];
    double by = column[leaving];
    for (int index = 0; index < size; index++) {
      line[index] /= by;
      duals[index] += reduced * line[index];
    }
    amounts[leaving] /= by;
    for (int row = 0; row < size; row++) {
      double factor = column[row];
      if (row != leaving && factor != 0) {
        double[] other = inverse[row];
        for (int index = 0; index < size; index++) {
          other[index] -= factor * line[index];
        }
        amounts[row] = Math.max(0, amounts[row] - factor * amounts[leaving]);
      }
    }
    basis[leaving] = entering;
  }
}
