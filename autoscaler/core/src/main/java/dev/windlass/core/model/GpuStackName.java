package dev.windlass.core.model;

/** The name of a GpuStack resource. */
public record GpuStackName(String value) implements Comparable<GpuStackName> {
  public GpuStackName {
    Names.requireFilled(value, "GPU stack name");
  }

  @Override
  public int compareTo(GpuStackName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
