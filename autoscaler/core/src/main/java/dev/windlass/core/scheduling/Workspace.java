package dev.windlass.core.scheduling;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that pods can be put on in thought. Says exactly where kube-scheduler's filters would let a
 * pod go, and takes everything back on request. Not shared, never leaves its planner.
 */
public final class Workspace {
  private final ResourceColumns columns;
  private final int gpuColumn;
  private final ShapeIndex shapes;
  private final List<DomainCounter> counters;
  private final List<PodShape> daemons;
  private final List<ReservingRule> reserving;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Change> journal = new ArrayList<>();

  /** One entry of the journal. */
  private sealed interface Change {
    record Opened(Slot slot) implements Change {}

    record Closed(Slot slot, List<Pod> running) implements Change {}

    record Placed(Slot slot, PodShape shape, int count, @Nullable GpuDevices devicesBefore)
        implements Change {}
  }

  Workspace(
      ResourceColumns columns,
      ShapeIndex shapes,
      List<DomainCounter> counters,
      List<PodShape> daemons,
      List<ReservingRule> reserving) {
    this.daemons = daemons;
    this.reserving = reserving;
    this.columns = columns;
    this.shapes = shapes;
    this.counters = counters;
    gpuColumn = columns.column(Resources.NVIDIA_GPU);
  }

  /** Every slot in the order in which it was opened; closed ones included. */
  public List<Slot> slots() {
    return Collections.unmodifiableList(slots);
  }

  /** The shape of a pod that the workspace was made with. */
  public PodShape shape(Pod pod) {
    return shapes.of(pod);
  }

  /**
   * Opens a node.
   *
   * @param facts its labels and taints
   * @param allocatable all that pods may have there
   * @param usable whether pods may be put there; otherwise it only counts for topology spread
   */
  public Slot open(NodeFacts facts, Resources allocatable, boolean usable) {
    Slot slot = slot(facts, allocatable, usable);
    slots.add(slot);
    counters.forEach(counter -> counter.register(facts, 1));
    journal.add(new Change.Opened(slot));
    return slot;
  }

  private Slot slot(NodeFacts facts, Resources allocatable, boolean usable) {
    GpuDevices devices =
        gpuColumn < 0 ? null : GpuDevices.of(allocatable.get(Resources.NVIDIA_GPU));
    return new Slot(
        facts, shapes.verdicts().nodeKind(facts), columns.amounts(allocatable), usable, devices);
  }

  /** Makes a domain known that could be bought, so that spread constraints reckon with it. */
  public void offer(NodeFacts facts) {
    counters.forEach(counter -> counter.register(facts, 1));
  }

  /** A node to compare with, which no pod is put on. */
  public Slot probe(NodeFacts facts, Resources allocatable) {
    Slot probe = slot(facts, allocatable, true);
    probe.trial = true;
    for (PodShape daemon : daemons) {
      if (room(daemon, probe, 1) > 0) {
        take(daemon, probe, 1, -1);
      }
    }
    return probe;
  }

  /** Opens a node that has not started: it begins with its daemons. */
  public Slot openNew(NodeFacts facts, Resources allocatable) {
    Slot slot = open(facts, allocatable, true);
    startDaemons(slot, Set.of());
    return slot;
  }

  /** Puts every daemon there that fits and is not there yet. */
  void startDaemons(Slot slot, Set<PodShape> there) {
    for (PodShape daemon : daemons) {
      if (!there.contains(daemon)) {
        place(daemon, slot, 1);
      }
    }
    slot.daemons = slot.placed.size();
  }

  /** Takes a node out: nothing more can be put there, and what runs there counts no longer. */
  public void close(Slot slot, List<Pod> running) {
    journal.add(new Change.Closed(slot, List.copyOf(running)));
    toggle(slot, running, true);
  }

  private void toggle(Slot slot, List<Pod> running, boolean closed) {
    slot.closed = closed;
    int sign = closed ? -1 : 1;
    running.forEach(pod -> count(pod, slot, sign));
    slot.placed.forEach(placed -> count(placed.shape(), slot, sign * placed.count()));
    counters.forEach(counter -> counter.register(slot.facts(), sign));
  }

  /** Takes note of a pod that runs on a node, fitting or not. */
  public void run(Pod pod, Slot slot) {
    take(shapes.of(pod), slot, 1, DeviceIndex.of(pod));
    count(pod, slot, 1);
  }

  /** Whether pods of the shape may run there, but for room and for other pods. */
  public boolean allows(PodShape shape, Slot slot) {
    return shapes.verdicts().allows(shape.staticId, slot.kind);
  }

  /** How many pods of the shape may be put there now, at most so many as wanted. */
  public int room(PodShape shape, Slot slot, int wanted) {
    if (!slot.open() || !allows(shape, slot)) {
      return 0;
    }
    int room = fitting(shape, slot, wanted);
    if (room > 0 && !shape.ports.isEmpty()) {
      room = conflicts(shape, slot) ? 0 : 1;
    }
    if (room > 0 && shape.attached) {
      room = reservable(shape, slot, room);
    }
    return room > 0 ? PodRules.allowance(shape.rules, slot.facts(), room) : 0;
  }

  /** Puts pods there, as many as may go at once; returns how many. */
  public int place(PodShape shape, Slot slot, int wanted) {
    int room = room(shape, slot, wanted);
    if (room > 0) {
      journal.add(
          new Change.Placed(slot, shape, room, slot.devices == null ? null : slot.devices.copy()));
      take(shape, slot, room, -1);
      count(shape, slot, room);
      slot.placed.add(new Slot.Placed(shape, room));
    }
    return room;
  }

  /** Why not a single pod of the shape may go there, by the first rule that says no. */
  public Optional<Refusal> refusal(PodShape shape, Slot slot) {
    Optional<Refusal> fixed = shapes.verdicts().refusal(shape, slot.facts());
    if (fixed.isPresent()) {
      return fixed;
    }
    if (conflicts(shape, slot)) {
      return Optional.of(
          new Refusal(
              Refusal.Rule.HOST_PORT, "a host port of " + shape.ports + " is taken on the node"));
    }
    Optional<Refusal> size = SizeRefusals.refuse(columns, gpuColumn, shape, slot);
    if (size.isPresent()) {
      return size;
    }
    if (shape.attached) {
      for (ReservingRule rule : reserving) {
        Optional<Refusal> refusal = rule.refuse(shape, slot);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return PodRules.refuse(shape.rules, slot.facts());
  }

  /** A point to come back to. */
  public int mark() {
    return journal.size();
  }

  /** Takes back everything since the mark. */
  public void revert(int mark) {
    while (journal.size() > mark) {
      switch (journal.removeLast()) {
        case Change.Opened(Slot slot) -> {
          slots.removeLast();
          counters.forEach(counter -> counter.register(slot.facts(), -1));
        }
        case Change.Closed(Slot slot, List<Pod> running) -> toggle(slot, running, false);
        case Change.Placed placed -> untake(placed);
      }
    }
  }

  /** How many pods of the shape an empty room like this takes, whatever other pods say. */
  public int capacity(PodShape shape, Slot slot, int wanted) {
    int fitting = fitting(shape, slot, wanted);
    if (fitting == 0 || !allows(shape, slot) || conflicts(shape, slot)) {
      return 0;
    }
    int room = shape.ports.isEmpty() ? fitting : 1;
    return shape.attached ? reservable(shape, slot, room) : room;
  }

  private int reservable(PodShape shape, Slot slot, int wanted) {
    int room = wanted;
    for (ReservingRule rule : reserving) {
      room = Math.min(room, rule.room(shape, slot, room));
    }
    return room;
  }

  /** How many pods of the shape one host takes once other domains have caught up. */
  public int hostAllowance(PodShape shape, Slot probe, int wanted) {
    return PodRules.hostAllowance(shape.rules, probe.facts(), wanted);
  }

  /** How much of the node one pod takes: the sum of its shares of every resource, above zero. */
  public double share(PodShape shape, Slot slot) {
    double share = 1e-9;
    for (int column = 0; column < shape.requests.length; column++) {
      if (slot.free[column] > 0) {
        share += (double) shape.requests[column] / slot.free[column];
      }
    }
    if (shape.share > 0 && gpuColumn >= 0 && slot.free[gpuColumn] > 0) {
      share += (double) shape.share / GpuDevices.WHOLE / slot.free[gpuColumn];
    }
    return share;
  }

  /**
   * The share of a node that is asked for, 0 to 1 and more: of its GPUs when it has some, else the
   * larger of cpu and memory. Daemons and images of static pods count, as in Cluster Autoscaler.
   */
  double utilization(Slot slot, Resources allocatable) {
    long gpus = allocatable.get(Resources.NVIDIA_GPU);
    if (gpus > 0) {
      return slot.devices == null ? 0 : slot.devices.used() / (double) gpus;
    }
    return Math.max(
        used(slot, allocatable, Resources.CPU), used(slot, allocatable, Resources.MEMORY));
  }

  private double used(Slot slot, Resources allocatable, String name) {
    int column = columns.column(name);
    long all = allocatable.get(name);
    return column < 0 || all == 0 ? 0 : (double) (all - slot.free[column]) / all;
  }

  /** A node of its own to try contents on; nothing of it shows in the workspace. */
  public Slot trial(Slot probe) {
    return probe.copy();
  }

  /** Puts pods on a trial node, as many as fit, whatever other pods say; returns how many. */
  public int pour(PodShape shape, Slot trial, int wanted) {
    int fitting = capacity(shape, trial, wanted);
    if (fitting > 0) {
      take(shape, trial, fitting, -1);
    }
    return fitting;
  }

  /** Whether an empty node like the probe holds all of this, whatever other pods say. */
  public boolean holds(Slot probe, List<Slot.Placed> content) {
    Slot trial = probe.copy();
    for (Slot.Placed placed : content) {
      if (capacity(placed.shape(), trial, placed.count()) < placed.count()) {
        return false;
      }
      take(placed.shape(), trial, placed.count(), -1);
    }
    return true;
  }

  private int fitting(PodShape shape, Slot slot, int wanted) {
    long fitting = wanted;
    for (int column = 0; column < shape.requests.length; column++) {
      long request = shape.requests[column];
      if (request > 0) {
        fitting = Math.min(fitting, slot.free[column] / request);
      }
    }
    if (shape.share > 0 && fitting > 0) {
      fitting = slot.devices == null ? 0 : Math.min(fitting, slot.devices.shares(shape.share));
    }
    return (int) Math.max(0, fitting);
  }

  private static boolean conflicts(PodShape shape, Slot slot) {
    for (HostPort wanted : shape.ports) {
      for (HostPort taken : slot.ports) {
        if (wanted.conflictsWith(taken)) {
          return true;
        }
      }
    }
    return false;
  }

  private void take(PodShape shape, Slot slot, int count, int device) {
    for (int column = 0; column < shape.requests.length; column++) {
      slot.free[column] -= shape.requests[column] * count;
    }
    slot.ports.addAll(shape.ports);
    if (shape.attached) {
      reserving.forEach(rule -> rule.reserve(shape, slot, count));
    }
    GpuDevices devices = slot.devices;
    if (devices != null) {
      if (gpuColumn >= 0 && shape.requests[gpuColumn] > 0) {
        devices.takeWhole(shape.requests[gpuColumn] * count);
      }
      if (shape.share > 0) {
        int before = devices.whole();
        for (int pod = 0; pod < count; pod++) {
          devices.takeShare(shape.share, device);
        }
        slot.free[gpuColumn] -= before - devices.whole();
      }
    }
  }

  private void untake(Change.Placed placed) {
    Slot slot = placed.slot();
    PodShape shape = placed.shape();
    for (int column = 0; column < shape.requests.length; column++) {
      slot.free[column] += shape.requests[column] * placed.count();
    }
    for (int port = 0; port < shape.ports.size(); port++) {
      slot.ports.removeLast();
    }
    if (shape.attached) {
      reserving.reversed().forEach(rule -> rule.unreserve(shape, slot, placed.count()));
    }
    GpuDevices before = placed.devicesBefore();
    if (shape.share > 0 && slot.devices != null && before != null) {
      slot.free[gpuColumn] += before.whole() - slot.devices.whole();
    }
    slot.devices = before;
    count(shape, slot, -placed.count());
    slot.placed.removeLast();
  }

  private static void count(PodShape shape, Slot slot, int pods) {
    for (DomainCounter counter : shape.rules.counted()) {
      counter.add(slot.facts(), pods);
    }
  }

  private void count(Pod pod, Slot slot, int sign) {
    boolean terminating = pod.metadata().deletedAt() != null;
    for (DomainCounter counter : shapes.of(pod).rules.counted()) {
      if (!terminating || counter.countsTerminating()) {
        counter.add(slot.facts(), sign);
      }
    }
  }
}
