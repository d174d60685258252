package dev.windlass.core.scaleup;

import java.util.Arrays;

/** One way to fill a node: what is bought, and how many pods of each row it takes. */
final class Pattern {
  private final Offer offer;
  private final int[] rows;
  private final int[] counts;
  private final int hash;

  /**
   * A pattern.
   *
   * @param offer what is bought
   * @param content pods by row
   */
  Pattern(Offer offer, int[] content) {
    this.offer = offer;
    int used = 0;
    for (int count : content) {
      used += count > 0 ? 1 : 0;
    }
    rows = new int[used];
    counts = new int[used];
    int next = 0;
    for (int row = 0; row < content.length; row++) {
      if (content[row] > 0) {
        rows[next] = row;
        counts[next++] = content[row];
      }
    }
    hash = 31 * Arrays.hashCode(rows) + Arrays.hashCode(counts);
  }

  Offer offer() {
    return offer;
  }

  /** How many different rows it takes pods of. */
  int size() {
    return rows.length;
  }

  int row(int index) {
    return rows[index];
  }

  int count(int index) {
    return counts[index];
  }

  /** What its pods are worth. */
  double value(double[] duals) {
    double value = 0;
    for (int index = 0; index < rows.length; index++) {
      value += duals[rows[index]] * counts[index];
    }
    return value;
  }

  int[] content(int allRows) {
    int[] content = new int[allRows];
    for (int index = 0; index < rows.length; index++) {
      content[rows[index]] = counts[index];
    }
    return content;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pattern pattern
        && pattern.offer.equals(offer)
        && Arrays.equals(pattern.rows, rows)
        && Arrays.equals(pattern.counts, counts);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
