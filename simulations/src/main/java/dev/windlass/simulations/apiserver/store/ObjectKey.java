package dev.windlass.simulations.apiserver.store;

import java.util.Comparator;

/** Namespace (empty for cluster-wide kinds) and name; ordered as lists are. */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
