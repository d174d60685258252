package dev.windlass.simulations.demo;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a watch said of one object.
 *
 * @param before as it was, null when it is new
 * @param after as it is, null when it was deleted
 */
record Change<T>(@Nullable T before, @Nullable T after) {
  /** The last that is known of it. */
  T latest() {
    if (after != null) {
      return after;
    }
    return Objects.requireNonNull(before);
  }
}
