package dev.windlass.daemon.resource;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The known word that a mistyped one was probably meant to be. */
public final class Suggestion {
  private static final int MAX_EDITS = 3;

  private Suggestion() {}

  /**
   * What is expected where an unknown key stands: a near key as a question, else all of them.
   *
   * @param word what was written
   * @param known what could have been
   */
  public static String expected(String word, Collection<String> known) {
    return nearest(word, known)
        .map(near -> "a known key, did you mean " + near + "?")
        .orElse("one of " + String.join(", ", known.stream().sorted().toList()));
  }

  /** The known word that is reached by the fewest edits, if a few suffice. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    int bound = Math.min(MAX_EDITS, Math.max(1, word.length() / 3));
    @Nullable String best = null;
    int fewest = bound + 1;
    for (String candidate : known) {
      int edits = edits(word, candidate);
      if (edits < fewest) {
        best = candidate;
        fewest = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Letters to insert, remove, replace or swap with their neighbour; case counts for nothing. */
  private static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cheapest(int[][] cost, String from, String to, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (same(from, i - 1, to, j - 1) ? 0 : 1);
    int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && same(from, i - 1, to, j - 2) && same(from, i - 2, to, j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }

  private static boolean same(String from, int i, String to, int j) {
    return Character.toLowerCase(from.charAt(i)) == Character.toLowerCase(to.charAt(j));
  }
}
