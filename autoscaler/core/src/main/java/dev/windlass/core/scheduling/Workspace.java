package dev.windlass.core.scheduling;

import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that pods can be put on in thought. Says exactly where kube-scheduler's filters would let a
 * pod go, and takes everything back on request. Not shared, never leaves its planner.
 */
public final class Workspace {
  private final ShapeIndex shapes;
  private final List<PodShape> shapesInOrder;
  private final NodeClasses classes;
  private final List<DomainSet> domains;
  private final List<PodShape> daemons;
  private final Room room;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Change> journal = new ArrayList<>();

  /** One entry of the journal. */
  private sealed interface Change {
    record Opened(Slot slot) implements Change {}

    record Offered(Slot probe) implements Change {}

    record Closed(Slot slot, List<Pod> running) implements Change {}

    record Placed(Slot slot, PodShape shape, int count, @Nullable GpuDevices devicesBefore)
        implements Change {}

    record Resized(Slot slot, Slot typeBefore, Slot roomBefore) implements Change {}
  }

  Workspace(
      ShapeIndex shapes,
      List<PodShape> shapesInOrder,
      PodRuleIndex rules,
      List<PodShape> daemons,
      Room room) {
    this.shapes = shapes;
    this.shapesInOrder = shapesInOrder;
    this.daemons = daemons;
    this.room = room;
    domains = rules.domainSets();
    classes = new NodeClasses(shapes.verdicts(), rules.topologies(), rules.hosts());
  }

  /** Every slot in the order in which it was opened; closed ones included. */
  public List<Slot> slots() {
    return Collections.unmodifiableList(slots);
  }

  /** The shapes of all pods that the workspace was made with, in their order. */
  public List<PodShape> shapes() {
    return Collections.unmodifiableList(shapesInOrder);
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
    return open(slot(facts, allocatable, usable, false));
  }

  private Slot open(Slot slot) {
    journal.add(new Change.Opened(slot));
    add(slot);
    return slot;
  }

  private void add(Slot slot) {
    slots.add(slot);
    if (slot.usable) {
      slot.nodeClass.add(slot);
    }
    domains.forEach(each -> each.register(slot, 1));
  }

  private Slot slot(NodeFacts facts, Resources allocatable, boolean usable, boolean toCome) {
    Slot slot =
        new Slot(
            facts,
            classes.of(facts, toCome),
            classes.host(facts),
            room.amounts(allocatable),
            usable,
            room.devices(allocatable));
    room.leave(slot, allocatable);
    return slot;
  }

  /** Makes the domains known that could be bought, so that spread constraints reckon with them. */
  public void offer(Slot probe) {
    domains.forEach(each -> each.offer(probe, 1));
    journal.add(new Change.Offered(probe));
  }

  /** A node to compare with, which no pod is put on. */
  public Slot probe(NodeFacts facts, Resources allocatable) {
    Slot probe = slot(facts, allocatable, true, true);
    probe.compared = true;
    for (PodShape daemon : daemons) {
      if (room(daemon, probe, 1) > 0) {
        room.take(daemon, probe, 1, -1);
        probe.placed.add(new Slot.Placed(daemon, 1));
        probe.uncounted.add(daemon);
      }
    }
    probe.daemons = probe.placed.size();
    return probe;
  }

  /** Opens a node that has not started: it begins with its daemons. */
  public Slot openNew(NodeFacts facts, Resources allocatable) {
    Slot slot = open(slot(facts, allocatable, true, true));
    startDaemons(slot, Set.of());
    return slot;
  }

  /** Opens a node to come that is like a probe, daemons included; {@link #retype} may change it. */
  public Slot openLike(Slot probe, String name) {
    Slot slot = Slot.like(probe, name, classes.host(name));
    journal.add(new Change.Opened(slot));
    add(slot);
    slot.placed.forEach(daemon -> count(daemon.shape(), slot, daemon.count()));
    return slot;
  }

  /**
   * Makes a node to come one of another type in the same domains, with what was put there.
   *
   * @return false when that has too little room; then nothing has changed
   */
  public boolean retype(Slot slot, Slot type) {
    Slot old = slot.probe;
    Slot before = slot.copy();
    if (old == null || !room.resize(slot, type)) {
      return false;
    }
    journal.add(new Change.Resized(slot, old, before));
    move(slot, type);
    return true;
  }

  private static void move(Slot slot, Slot type) {
    SlotBlock block = slot.block;
    boolean stays = slot.nodeClass == type.nodeClass;
    slot.become(type);
    if (block != null && stays) {
      block.raise(slot);
    } else if (block != null) {
      block.remove(slot);
      slot.nodeClass.add(slot);
    }
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
    running.forEach(pod -> count(pod, shapes.of(pod), slot, sign));
    slot.placed.forEach(placed -> count(placed.shape(), slot, sign * placed.count()));
    domains.forEach(each -> each.register(slot, sign));
  }

  /** Takes note of a pod that runs on a node, fitting or not. */
  public void run(Pod pod, PodShape shape, Slot slot) {
    room.run(pod, shape, slot);
    slot.loosen();
    count(pod, shape, slot, 1);
  }

  /** Whether pods of the shape may run there, but for room and for other pods. */
  public boolean allows(PodShape shape, Slot slot) {
    return allows(shape, slot.nodeClass);
  }

  boolean allows(PodShape shape, NodeClass nodes) {
    return shapes.verdicts().allows(shape.staticId, nodes.kind);
  }

  /** How many pods of the shape may be put there now, at most so many as wanted. */
  public int room(PodShape shape, Slot slot, int wanted) {
    return slot.open() && allows(shape, slot) ? roomAmongPods(shape, slot, wanted) : 0;
  }

  private int roomAmongPods(PodShape shape, Slot slot, int wanted) {
    int fitting = room.of(shape, slot, wanted);
    return fitting > 0 ? PodRules.allowance(shape.rules, slot, fitting) : 0;
  }

  /** Puts pods there, as many as may go at once; returns how many. */
  public int place(PodShape shape, Slot slot, int wanted) {
    return allows(shape, slot) ? placeAllowed(shape, slot, wanted) : 0;
  }

  /** The same where it is known that the shape is allowed on nodes of this class. */
  int placeAllowed(PodShape shape, Slot slot, int wanted) {
    int fitting = slot.open() ? roomAmongPods(shape, slot, wanted) : 0;
    if (fitting > 0) {
      journal.add(
          new Change.Placed(
              slot, shape, fitting, slot.devices == null ? null : slot.devices.copy()));
      room.take(shape, slot, fitting, -1);
      count(shape, slot, fitting);
      slot.placed.add(new Slot.Placed(shape, fitting));
      slot.loosen();
    }
    return fitting;
  }

  /**
   * Puts pods wherever they may go, until none may go anywhere.
   *
   * @param placed told of each node and how many pods went there, in order
   * @return how many found a place
   */
  public int fill(PodShape shape, int wanted, ObjIntConsumer<Slot> placed) {
    return new Fill(this, classes.all(), shape, placed).place(wanted);
  }

  /** Why not a single pod of the shape may go there, by the first rule that says no. */
  public Optional<Refusal> refusal(PodShape shape, Slot slot) {
    Optional<Refusal> invalid = room.invalid(shape);
    if (invalid.isPresent()) {
      return invalid;
    }
    Optional<Refusal> fixed = shapes.verdicts().refusal(shape, slot.facts());
    if (fixed.isPresent()) {
      return fixed;
    }
    Optional<Refusal> size = room.refuse(shape, slot);
    return size.isPresent() ? size : PodRules.refuse(shape.rules, slot);
  }

  /** A point to come back to. */
  public int mark() {
    return journal.size();
  }

  /** Takes back everything since the mark. */
  public void revert(int mark) {
    while (journal.size() > mark) {
      switch (journal.removeLast()) {
        case Change.Opened(Slot slot) -> remove(slot);
        case Change.Offered(Slot probe) -> domains.forEach(each -> each.offer(probe, -1));
        case Change.Closed(Slot slot, List<Pod> running) -> toggle(slot, running, false);
        case Change.Placed(Slot slot, PodShape shape, int count, @Nullable GpuDevices before) -> {
          room.give(shape, slot, count, before);
          count(shape, slot, -count);
          slot.placed.removeLast();
          slot.raise();
        }
        case Change.Resized(Slot slot, Slot type, Slot before) -> {
          slot.free = before.free;
          slot.devices = before.devices;
          move(slot, type);
        }
      }
    }
  }

  private void remove(Slot slot) {
    slots.removeLast();
    if (slot.block != null) {
      slot.block.remove(slot);
    }
    slot.placed.forEach(daemon -> count(daemon.shape(), slot, -daemon.count()));
    domains.forEach(each -> each.register(slot, -1));
  }

  /** How many pods of the shape an empty room like this takes, whatever other pods say. */
  public int capacity(PodShape shape, Slot slot, int wanted) {
    return allows(shape, slot) ? room.of(shape, slot, wanted) : 0;
  }

  /**
   * How many pods of the shape might be put there now if there were room enough, at most so many as
   * wanted.
   */
  public int allowance(PodShape shape, Slot slot, int wanted) {
    int allowed = room.besidePorts(shape, slot, wanted);
    return allowed > 0 ? PodRules.allowance(shape.rules, slot, allowed) : 0;
  }

  /**
   * Whether the rules about anything larger than a host let a pod onto nodes like the probe now.
   */
  public boolean mayEnter(PodShape shape, Slot probe) {
    return PodRules.mayEnter(shape.rules, probe.nodeClass);
  }

  /** What types have in common that a node can be exchanged among without another pod noticing. */
  public Object cell(Slot probe) {
    return List.of(
        probe.nodeClass.domains(),
        domains.stream().map(each -> each.includes(probe)).toList(),
        probe.placed.stream().filter(daemon -> daemon.shape().isNoticed()).toList());
  }

  /** How many pods of the shape one host takes once other domains have caught up. */
  public int hostAllowance(PodShape shape, Slot probe, int wanted) {
    return PodRules.hostAllowance(shape.rules, probe, wanted);
  }

  /** How hard a pod is to place beside others: its largest share of the node and half their sum. */
  public double size(PodShape shape, Slot slot) {
    return room.size(shape, slot);
  }

  /** How much of the node one pod takes: the sum of its shares of every resource, above zero. */
  public double share(PodShape shape, Slot slot) {
    return room.share(shape, slot);
  }

  /** Whether any pod asks for GPU devices. */
  boolean hasDevices() {
    return room.hasDevices();
  }

  /** The share of a node that is asked for; see {@link Room#utilization}. */
  double utilization(Slot slot, Resources allocatable) {
    return room.utilization(slot, allocatable);
  }

  /** A node of its own to try contents on; nothing of it shows in the workspace. */
  public Slot trial(Slot probe) {
    return probe.copy();
  }

  /** Puts pods on a trial node, as many as fit, whatever other pods say; returns how many. */
  public int pour(PodShape shape, Slot trial, int wanted) {
    int fitting = capacity(shape, trial, wanted);
    if (fitting > 0) {
      room.take(shape, trial, fitting, -1);
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
      room.take(placed.shape(), trial, placed.count(), -1);
    }
    return true;
  }

  private static void count(PodShape shape, Slot slot, int pods) {
    for (DomainCounter counter : shape.rules.counted()) {
      counter.add(slot, pods);
    }
  }

  private static void count(Pod pod, PodShape shape, Slot slot, int sign) {
    List<DomainCounter> counters = shape.rules.counted();
    boolean terminating = !counters.isEmpty() && pod.metadata().deletedAt() != null;
    for (DomainCounter counter : counters) {
      if (!terminating || counter.countsTerminating()) {
        counter.add(slot, sign);
      }
    }
  }
}
