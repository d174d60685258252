package dev.windlass.core.model;

/** Where a snapshot's parts come from; each has its own age. */
public enum Source {
  KUBERNETES,
  CLOUD,
  METRICS
}
