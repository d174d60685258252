package dev.windlass.simulations.apiserver.store;

import dev.windlass.simulations.apiserver.model.ResourceType;
import org.jspecify.annotations.Nullable;

/** One write: the object before (absent for a creation) and after (absent for a removal). */
public record Change(
    long version,
    ResourceType type,
    ObjectKey key,
    @Nullable StoredObject before,
    @Nullable StoredObject after) {

  /** The object that the change is about: as it is now, or as it was last. */
  public StoredObject subject() {
    StoredObject now = after;
    if (now != null) {
      return now;
    }
    StoredObject was = before;
    if (was == null) {
      throw new IllegalStateException("a change of nothing");
    }
    return was;
  }
}
