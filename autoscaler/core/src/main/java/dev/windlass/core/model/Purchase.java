package dev.windlass.core.model;

/** How a machine is paid for. */
public enum Purchase {
  ON_DEMAND,
  SPOT
}
