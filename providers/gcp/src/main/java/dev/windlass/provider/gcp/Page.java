package dev.windlass.provider.gcp;

import dev.windlass.core.model.CloudFailure.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items what it holds
 * @param next the token of the next page; empty on the last
 */
record Page<T>(List<T> items, String next) {
  static final int SIZE = 500;
  private static final int MAX_PAGES = 200;

  /** Every page's items; a list that repeats a page or does not end is refused. */
  static <T> List<T> all(Function<String, Page<T>> read) {
    List<T> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String token = "";
    do {
      Page<T> page = read.apply(token);
      items.addAll(page.items());
      token = page.next();
      if (!token.isEmpty() && (!seen.add(token) || seen.size() > MAX_PAGES)) {
        throw CallFailedException.refused(
            Cause.TRANSIENT, "Google Cloud repeats a page, or has more than " + MAX_PAGES);
      }
    } while (!token.isEmpty());
    return items;
  }
}
