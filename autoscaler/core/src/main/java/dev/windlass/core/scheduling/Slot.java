package dev.windlass.core.scheduling;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.volumes.VolumePlace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node in a workspace: what is free on it and what the workspace has put there. */
public final class Slot {
  private final NodeFacts facts;
  final int kind;
  final long[] free;
  final boolean usable;
  @Nullable GpuDevices devices;
  @Nullable VolumePlace volumes;
  final List<HostPort> ports = new ArrayList<>();
  final List<Placed> placed = new ArrayList<>();
  int daemons;
  boolean closed;

  /** Whether pods are put here only to see whether they fit. */
  boolean trial;

  /** Pods of one shape that the workspace put on the slot. */
  public record Placed(PodShape shape, int count) {}

  Slot(NodeFacts facts, int kind, long[] free, boolean usable, @Nullable GpuDevices devices) {
    this.facts = facts;
    this.kind = kind;
    this.free = free;
    this.usable = usable;
    this.devices = devices;
  }

  /** An independent node with the same room, on which nothing was put. */
  Slot copy() {
    Slot copy =
        new Slot(facts, kind, free.clone(), usable, devices == null ? null : devices.copy());
    copy.ports.addAll(ports);
    copy.trial = true;
    copy.volumes = volumes == null ? null : volumes.trial();
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
