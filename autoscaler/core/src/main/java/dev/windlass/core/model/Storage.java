package dev.windlass.core.model;

/** The cluster's volumes and what limits where they can be used. */
public record Storage() {
  public static final Storage NONE = new Storage();
}
