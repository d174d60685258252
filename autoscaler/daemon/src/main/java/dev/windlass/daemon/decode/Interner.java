package dev.windlass.daemon.decode;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Keeps one instance of equal values: the pods of one workload share their spec, so that planners
 * see shapes, and a hundred thousand pods need the memory of some thousand specs. An instance that
 * nobody uses any more is forgotten. Safe for use by many threads.
 */
public final class Interner {
  private final Map<Object, WeakReference<Object>> instances = new WeakHashMap<>();

  /** The first instance seen that equals this one. */
  public synchronized <T> T intern(T value) {
    WeakReference<Object> reference = instances.get(value);
    Object known = reference == null ? null : reference.get();
    if (known != null && known.getClass() == value.getClass()) {
      @SuppressWarnings("unchecked") // of the same class as value
      T same = (T) known;
      return same;
    }
    instances.put(value, new WeakReference<>(value));
    return value;
  }
}
