package dev.windlass.daemon.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the input the decision did not see, so that a plan can say so.
 *
 * @param ignored objects of kinds that are not looked at, and objects that could not be understood
 */
public record Unread(List<Ignored> ignored) {
  /** Everything was seen. */
  public static final Unread NOTHING = new Unread(List.of());

  public Unread {
    ignored = List.copyOf(ignored);
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
