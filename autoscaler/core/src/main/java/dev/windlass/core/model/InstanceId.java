package dev.windlass.core.model;

/**
 * A machine of a cloud.
 *
 * @param value its provider id, as its Node names it; some clouds use one again for a machine that
 *     replaces another
 * @param incarnation the cloud's id that is never used again; the provider id where that is so too
 */
public record InstanceId(String value, String incarnation) implements Comparable<InstanceId> {
  public InstanceId {
    Names.requireFilled(value, "instance id");
    Names.requireFilled(incarnation, "incarnation of an instance");
  }

  /** A machine whose provider id is never used again. */
  public InstanceId(String value) {
    this(value, value);
  }

  @Override
  public int compareTo(InstanceId other) {
    int byValue = value.compareTo(other.value);
    return byValue == 0 ? incarnation.compareTo(other.incarnation) : byValue;
  }

  @Override
  public String toString() {
    return value;
  }
}
