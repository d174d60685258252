package dev.windlass.provider.aws;

import dev.windlass.core.model.CloudFailure.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads every page of an answer, or throws. */
final class Pages {
  private static final int MAX_PAGES = 50;

  private Pages() {}

  /**
   * A page.
   *
   * @param items what is on it
   * @param next the token of the next; null or empty on the last
   */
  record Page<T>(List<T> items, @Nullable String next) {
    Page {
      items = List.copyOf(items);
    }
  }

  /** All items. */
  static <T> List<T> all(Function<@Nullable String, Page<T>> read) {
    return whileWanted(_ -> true, read);
  }

  /** The items of the pages until those that were read are enough. */
  static <T> List<T> whileWanted(
      Predicate<List<T>> goOn, Function<@Nullable String, Page<T>> read) {
    List<T> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String token = null;
    do {
      Page<T> page = read.apply(token);
      items.addAll(page.items);
      token = page.next;
      if (token != null && (!seen.add(token) || seen.size() > MAX_PAGES)) {
        throw new CallFailedException(
            Cause.UNKNOWN, "AWS repeats a page, or has more than " + MAX_PAGES);
      }
    } while (token != null && !token.isEmpty() && (items.isEmpty() || goOn.test(items)));
    return items;
  }
}
