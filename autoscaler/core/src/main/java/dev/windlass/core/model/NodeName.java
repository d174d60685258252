package dev.windlass.core.model;

/** The name of a Node object. */
public record NodeName(String value) implements Comparable<NodeName> {
  public NodeName {
    Names.requireFilled(value, "node name");
  }

  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
