package dev.windlass.core.scheduling;

import dev.windlass.core.model.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node in a workspace: what is free on it and what the workspace has put there. */
public final class Slot {
  private final NodeFacts facts;
  final int kind;
  final long[] free;

  /** Extended resources that the node has only as devices that are claimed. */
  Set<String> backed = Set.of();

  final boolean usable;
  @Nullable GpuDevices devices;
  final @Nullable Slot trialOf;
  @Nullable DeviceHold claimed;
  final List<HostPort> ports = new ArrayList<>();
  final List<Placed> placed = new ArrayList<>();
  int daemons;
  boolean closed;

  /** Pods of one shape that the workspace put on the slot. */
  public record Placed(PodShape shape, int count) {}

  Slot(NodeFacts facts, int kind, long[] free, boolean usable, @Nullable GpuDevices devices) {
    this(facts, kind, free, usable, devices, null);
  }

  private Slot(
      NodeFacts facts,
      int kind,
      long[] free,
      boolean usable,
      @Nullable GpuDevices devices,
      @Nullable Slot trialOf) {
    this.trialOf = trialOf;
    this.facts = facts;
    this.kind = kind;
    this.free = free;
    this.usable = usable;
    this.devices = devices;
  }

  /** Leaves resources to a rule that counts them itself. */
  void leaveTo(Set<String> resources, ResourceColumns columns) {
    for (String resource : resources) {
      int column = columns.column(resource);
      if (column >= 0) {
        free[column] = ReservingRule.UNCOUNTED;
        backed = resources;
      }
    }
  }

  /** Whether a host port of the shape is taken. */
  boolean conflicts(PodShape shape) {
    for (HostPort wanted : shape.ports) {
      for (HostPort taken : ports) {
        if (wanted.conflictsWith(taken)) {
          return true;
        }
      }
    }
    return false;
  }

  /** An independent node with the same room, on which nothing was put. */
  Slot copy() {
    Slot copy =
        new Slot(facts, kind, free.clone(), usable, devices == null ? null : devices.copy(), this);
    copy.backed = backed;
    copy.ports.addAll(ports);
    return copy;
  }

  /** The node's name; one of our own for a node to come. */
  public String name() {
    return facts.name();
  }

  /** What is fixed about the node. */
  public NodeFacts facts() {
    return facts;
  }

  /** What the workspace has put there, in order; running pods and daemons are not listed. */
  public List<Placed> placed() {
    return List.copyOf(placed.subList(daemons, placed.size()));
  }

  /** Whether pods may be put there at all. */
  public boolean open() {
    return usable && !closed;
  }
}
