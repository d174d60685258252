package dev.windlass.core.scaleup;

import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.PodShape;
import dev.windlass.core.scheduling.Slot;
import dev.windlass.core.scheduling.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds patterns whose pods are worth more than their node costs: greedy fills of each offer, and
 * neighbours of the patterns of a solution, which lose some pods and are filled again.
 */
final class PatternSearch {
  /** A pattern's neighbours are sought for at most so many of its rows. */
  private static final int MAX_NEIGHBOUR_ROWS = 10;

  private final Workspace workspace;
  private final List<PodShape> shapes;
  private final int[] demand;
  private final List<Offer> offers;
  private final Integer[] firstDevices;

  /**
   * A search.
   *
   * @param shapes the rows' pods
   * @param demand pods by row; no pattern holds more
   * @param offers what may be bought
   */
  PatternSearch(Workspace workspace, List<PodShape> shapes, int[] demand, List<Offer> offers) {
    this.workspace = workspace;
    this.shapes = shapes;
    this.demand = demand.clone();
    this.offers = offers;
    firstDevices = order((left, right) -> Integer.compare(deviceRank(left), deviceRank(right)));
  }

  /** The rows in the order in which a node takes them so that devices are used best. */
  List<Integer> devicesFirst() {
    return List.of(firstDevices);
  }

  /** Whole devices first, then shares, largest first, then pods without. */
  private int deviceRank(int row) {
    PodShape shape = shapes.get(row);
    long whole = shape.requests().get(Resources.NVIDIA_GPU);
    return whole > 0 ? -1_000 - (int) whole : -shape.share();
  }

  private Integer[] order(Comparator<Integer> comparator) {
    Integer[] rows = new Integer[shapes.size()];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row;
    }
    Arrays.sort(rows, comparator.thenComparing(Comparator.naturalOrder()));
    return rows;
  }

  /** The cheapest way to hold pods of one row alone, for each pod; null when no offer takes one. */
  @Nullable Pattern single(int row) {
    Pattern best = null;
    double bestCost = Double.MAX_VALUE;
    for (Offer offer : offers) {
      int takes = workspace.capacity(shapes.get(row), offer.probe(), demand[row]);
      if (takes > 0 && (double) offer.cost() / takes < bestCost) {
        bestCost = (double) offer.cost() / takes;
        int[] content = new int[shapes.size()];
        content[row] = takes;
        best = new Pattern(offer, content);
      }
    }
    return best;
  }

  /** Each offer filled greedily by worth for size, where that is worth more than it costs. */
  List<Pattern> fills(double[] duals) {
    List<Pattern> found = new ArrayList<>();
    for (Offer offer : offers) {
      double[] sizes = sizes(offer);
      Pattern dense = fill(offer, new int[shapes.size()], byDensity(duals, sizes), duals);
      Pattern rich = fill(offer, new int[shapes.size()], byWorth(duals), duals);
      Pattern better = rich.value(duals) > dense.value(duals) ? rich : dense;
      if (better.value(duals) > offer.cost() * (1 + 1e-6)) {
        found.add(better);
      }
    }
    return found;
  }

  /** The best neighbour of a pattern, or null when none is better than the pattern itself. */
  @Nullable Pattern neighbour(Pattern pattern, double[] duals) {
    Offer offer = pattern.offer();
    Integer[] dense = byDensity(duals, sizes(offer));
    Integer[] rich = byWorth(duals);
    Pattern best = null;
    double bestValue = Math.max(pattern.value(duals), (double) offer.cost()) * (1 + 1e-6);
    int tried = Math.min(pattern.size(), MAX_NEIGHBOUR_ROWS);
    for (int index = 0; index < tried; index++) {
      for (int removed : new int[] {1, pattern.count(index)}) {
        int[] content = pattern.content(shapes.size());
        content[pattern.row(index)] -= removed;
        for (Integer[] order : List.of(dense, rich)) {
          Pattern candidate = fill(offer, content, order, duals);
          double value = candidate.value(duals);
          if (value > bestValue) {
            bestValue = value;
            best = candidate;
          }
        }
      }
    }
    return best;
  }

  /** The cheapest offer that holds a content, or null when none does. */
  @Nullable Offer cheapest(int[] content) {
    Offer best = null;
    for (Offer offer : offers) {
      if ((best == null || offer.cost() < best.cost()) && holds(offer, content)) {
        best = offer;
      }
    }
    return best;
  }

  private boolean holds(Offer offer, int[] content) {
    Slot trial = workspace.trial(offer.probe());
    for (int row : firstDevices) {
      if (content[row] > 0 && workspace.pour(shapes.get(row), trial, content[row]) < content[row]) {
        return false;
      }
    }
    return true;
  }

  private Pattern fill(Offer offer, int[] begin, Integer[] order, double[] duals) {
    Slot trial = workspace.trial(offer.probe());
    int[] content = new int[shapes.size()];
    for (int row : firstDevices) {
      if (begin[row] > 0) {
        content[row] = workspace.pour(shapes.get(row), trial, begin[row]);
      }
    }
    for (int row : order) {
      if (duals[row] <= 0) {
        break;
      }
      int wanted = demand[row] - content[row];
      if (wanted > 0) {
        content[row] += workspace.pour(shapes.get(row), trial, wanted);
      }
    }
    return new Pattern(offer, content);
  }

  /** What share of an empty node one pod of each row takes, summed over its resources. */
  private double[] sizes(Offer offer) {
    double[] sizes = new double[shapes.size()];
    for (int row = 0; row < sizes.length; row++) {
      sizes[row] = workspace.share(shapes.get(row), offer.probe());
    }
    return sizes;
  }

  private Integer[] byDensity(double[] duals, double[] sizes) {
    return order(
        (left, right) -> Double.compare(duals[right] / sizes[right], duals[left] / sizes[left]));
  }

  private Integer[] byWorth(double[] duals) {
    return order((left, right) -> Double.compare(duals[right], duals[left]));
  }
}
