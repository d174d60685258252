package dev.windlass.core.scheduling;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.volumes.VolumePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node in a workspace: what is free on it and what the workspace has put there. */
public final class Slot {
  private final String name;
  private final int host;

  /** What is fixed about it; for a node to come what it has in common with its probe. */
  private NodeFacts facts;

  NodeClass nodeClass;
  long[] free;
  final boolean usable;
  @Nullable GpuDevices devices;

  /** Extended resources that the node has only as devices that are claimed. */
  Set<String> backed = Set.of();

  /** The devices that it reaches and who got them; null until somebody asks. */
  @Nullable DeviceHold claimed;

  /** The volumes that are there; null until somebody asks. */
  @Nullable VolumePlace volumes;

  /** Whether it is there to compare with alone. */
  boolean compared;

  /** The node that this one is a copy of to try things on, or null. */
  final @Nullable Slot trialOf;

  final List<HostPort> ports = new ArrayList<>();
  final List<Placed> placed = new ArrayList<>();

  /** Pods on a node to compare with: no counter knows them. */
  final List<PodShape> uncounted = new ArrayList<>();

  int daemons;
  boolean closed;

  /** Where it is found among the slots of its class; null for a probe. */
  @Nullable SlotBlock block;

  /** What it was opened like, as long as its type may still change. */
  @Nullable Slot probe;

  /** Pods of one shape that the workspace put on the slot. */
  public record Placed(PodShape shape, int count) {}

  Slot(
      NodeFacts facts,
      NodeClass nodeClass,
      int host,
      long[] free,
      boolean usable,
      @Nullable GpuDevices devices) {
    name = facts.name();
    trialOf = null;
    this.facts = facts;
    this.nodeClass = nodeClass;
    this.host = host;
    this.free = free;
    this.usable = usable;
    this.devices = devices;
  }

  private Slot(Slot probe, String name, int host, @Nullable Slot trialOf) {
    this.name = name;
    this.trialOf = trialOf;
    backed = probe.backed;
    this.host = host;
    facts = probe.facts;
    nodeClass = probe.nodeClass;
    free = probe.free.clone();
    usable = true;
    devices = probe.devices == null ? null : probe.devices.copy();
    ports.addAll(probe.ports);
  }

  /** An independent node with the same room, on which nothing was put. */
  Slot copy() {
    return new Slot(this, name, host, this);
  }

  /** A node to come, as empty as its probe. */
  static Slot like(Slot probe, String name, int host) {
    Slot slot = new Slot(probe, name, host, null);
    slot.placed.addAll(probe.placed);
    slot.daemons = probe.daemons;
    slot.probe = probe;
    return slot;
  }

  /** Makes it a node of the probe's type; its room is the caller's to set. */
  void become(Slot type) {
    probe = type;
    facts = type.facts;
    nodeClass = type.nodeClass;
    backed = type.backed;
    claimed = null;
    volumes = null;
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

  /** Takes note that it has less room than before. */
  void loosen() {
    if (block != null) {
      block.loosen();
    }
  }

  /** Takes note that it has more room than before. */
  void raise() {
    if (block != null) {
      block.raise(this);
    }
  }

  /** The number of its domain, or {@link Topology#NONE}. */
  int domain(Topology topology) {
    return topology.ofHosts() ? host : nodeClass.domain(topology);
  }

  /** The node's name; one of our own for a node to come. */
  public String name() {
    return name;
  }

  /** What is fixed about the node. */
  public NodeFacts facts() {
    if (!facts.name().equals(name)) {
      facts = facts.named(name);
    }
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
