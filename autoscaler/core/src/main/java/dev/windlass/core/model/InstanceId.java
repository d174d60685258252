package dev.windlass.core.model;

/** A cloud's own id of a machine, unique within its provider; one id is one incarnation. */
public record InstanceId(String value) implements Comparable<InstanceId> {
  public InstanceId {
    Names.requireFilled(value, "instance id");
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
