package dev.windlass.core.model;

/** The name of a NodeGroup resource. */
public record NodeGroupName(String value) implements Comparable<NodeGroupName> {
  public NodeGroupName {
    Names.requireFilled(value, "node group name");
  }

  @Override
  public int compareTo(NodeGroupName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
