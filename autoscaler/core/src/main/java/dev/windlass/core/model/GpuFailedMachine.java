package dev.windlass.core.model;

import java.time.Instant;

/**
 * A machine whose GPU bootstrap failed, as its group remembers it when the machine is gone.
 *
 * @param group the group
 * @param kind instance type, an at sign, and the version of the stack
 * @param machine the cloud's id, or {@code node/NAME} without one
 * @param at when it failed
 */
public record GpuFailedMachine(NodeGroupName group, String kind, String machine, Instant at) {
  public GpuFailedMachine {
    if (kind.isEmpty() || kind.contains("/") || machine.isEmpty()) {
      throw new IllegalArgumentException("no kind of machine: " + kind + ", " + machine);
    }
  }
}
