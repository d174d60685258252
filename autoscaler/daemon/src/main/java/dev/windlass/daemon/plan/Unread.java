package dev.windlass.daemon.plan;

import dev.windlass.core.model.ObjectKey;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of the input the decision did not see, so that a plan can say so.
 *
 * @param ignored objects of kinds that are not looked at, and objects that could not be understood
 * @param badPods pending pods that could not be understood, each with the reason
 */
public record Unread(List<Ignored> ignored, SortedMap<ObjectKey, String> badPods) {
  /** Everything was seen. */
  public static final Unread NOTHING = new Unread(List.of(), Collections.emptySortedMap());

  /** The word for a pending pod that could not be understood, beside the rules of core. */
  public static final String BAD_OBJECT = "BadObject";

  public Unread {
    ignored = List.copyOf(ignored);
    badPods = Collections.unmodifiableSortedMap(new TreeMap<>(badPods));
  }

  /**
   * Objects that were not looked at.
   *
   * @param kind their kind
   * @param count how many
   * @param reason why, for an object that could not be understood; null for a kind that is not
   *     looked at
   */
  public record Ignored(String kind, int count, @Nullable String reason) {}
}
