package dev.windlass.core.model;

/**
 * The object that a scaler scales.
 *
 * @param apiVersion for instance {@code apps/v1}
 * @param kind for instance {@code Deployment}
 * @param key namespace and name
 */
public record TargetRef(String apiVersion, String kind, ObjectKey key)
    implements Comparable<TargetRef> {
  @Override
  public int compareTo(TargetRef other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return kind + " " + key;
  }
}
