package dev.windlass.core.model;

/** The cluster's devices and who claims them ({@code resource.k8s.io/v1}). */
public record Devices() {
  public static final Devices NONE = new Devices();
}
