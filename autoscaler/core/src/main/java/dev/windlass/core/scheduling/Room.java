package dev.windlass.core.scheduling;

import dev.windlass.core.model.HostPort;
import dev.windlass.core.model.Pod;
import dev.windlass.core.model.Resources;
import dev.windlass.core.scheduling.Refusal.Rule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What pods take of a node: resources, GPU devices, host ports, and what reserving rules keep. */
final class Room {
  private final ResourceColumns columns;
  private final int gpuColumn;
  private final List<ReservingRule> reserving;

  Room(ResourceColumns columns, List<ReservingRule> reserving) {
    this.columns = columns;
    this.reserving = List.copyOf(reserving);
    gpuColumn = columns.column(Resources.NVIDIA_GPU);
  }

  /** What an empty node of this size has, by column. */
  long[] amounts(Resources allocatable) {
    return columns.amounts(allocatable);
  }

  /** Its devices, or null where no pod asks for any. */
  @Nullable GpuDevices devices(Resources allocatable) {
    return gpuColumn < 0 ? null : GpuDevices.of(allocatable.get(Resources.NVIDIA_GPU));
  }

  /** How many pods of the shape find room there now, at most so many as wanted. */
  int of(PodShape shape, Slot slot, int wanted) {
    int room = fitting(shape, slot, wanted);
    room = room > 0 ? besidePorts(shape, slot, room) : 0;
    if (room > 0 && shape.attached) {
      for (ReservingRule rule : reserving) {
        room = Math.min(room, rule.room(shape, slot, room));
      }
    }
    return room;
  }

  /** How many pods of the shape the ports on the node let in, at most so many as wanted. */
  int besidePorts(PodShape shape, Slot slot, int wanted) {
    if (shape.ports.isEmpty()) {
      return wanted;
    }
    return conflicts(shape, slot) ? 0 : Math.min(1, wanted);
  }

  private static int fitting(PodShape shape, Slot slot, int wanted) {
    long fitting = wanted;
    long[] requests = shape.requests;
    long[] free = slot.free;
    for (int column = 0; column < requests.length; column++) {
      long request = requests[column];
      if (request > 0) {
        if (free[column] < request) {
          return 0;
        }
        fitting = fitting == 1 ? 1 : Math.min(fitting, free[column] / request);
      }
    }
    if (shape.share > 0) {
      fitting = slot.devices == null ? 0 : Math.min(fitting, slot.devices.shares(shape.share));
    }
    return (int) fitting;
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

  /** Leaves to the reserving rules what they count themselves. */
  void leave(Slot slot, Resources allocatable) {
    reserving.forEach(rule -> slot.leaveTo(rule.backs(allocatable), columns));
  }

  /** What of the shape Kubernetes would refuse wherever it runs. */
  Optional<Refusal> invalid(PodShape shape) {
    return shape.attached
        ? reserving.stream().flatMap(rule -> rule.invalid(shape).stream()).findFirst()
        : Optional.empty();
  }

  /** Why not a single pod of the shape finds room there, by the first rule that says no. */
  Optional<Refusal> refuse(PodShape shape, Slot slot) {
    if (conflicts(shape, slot)) {
      return Optional.of(
          new Refusal(Rule.HOST_PORT, "a host port of " + shape.ports + " is taken on the node"));
    }
    Optional<Refusal> size = SizeRefusals.refuse(columns, gpuColumn, shape, slot);
    if (size.isPresent() || !shape.attached) {
      return size;
    }
    for (ReservingRule rule : reserving) {
      Optional<Refusal> refusal = rule.refuse(shape, slot);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  /**
   * Takes what pods of the shape need, fitting or not.
   *
   * @param device the GPU device that holds their share, or -1 for the best one
   */
  void take(PodShape shape, Slot slot, int count, int device) {
    takeSize(shape, slot, count, device);
    slot.ports.addAll(shape.ports);
    if (shape.attached) {
      reserving.forEach(rule -> rule.reserve(shape, slot, count));
    }
  }

  /** Takes what a pod needs that is there, or for which preemption makes room. */
  void run(Pod pod, PodShape shape, Slot slot) {
    takeSize(shape, slot, 1, shape.share == 0 ? -1 : DeviceIndex.of(pod));
    slot.ports.addAll(shape.ports);
    if (shape.attached) {
      reserving.forEach(rule -> rule.run(pod, shape, slot));
    }
  }

  private void takeSize(PodShape shape, Slot slot, int count, int device) {
    for (int column = 0; column < shape.requests.length; column++) {
      slot.free[column] -= shape.requests[column] * count;
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

  /** Gives back what the last {@link #take} took. */
  void give(PodShape shape, Slot slot, int count, @Nullable GpuDevices before) {
    for (int column = 0; column < shape.requests.length; column++) {
      slot.free[column] += shape.requests[column] * count;
    }
    for (int port = 0; port < shape.ports.size(); port++) {
      slot.ports.removeLast();
    }
    if (shape.attached) {
      reserving.reversed().forEach(rule -> rule.unreserve(shape, slot, count));
    }
    if (shape.share > 0 && slot.devices != null && before != null) {
      slot.free[gpuColumn] += before.whole() - slot.devices.whole();
    }
    slot.devices = before;
  }

  /**
   * Gives a node the room of another type, with what was put there; false when it has too little,
   * or when something there is attached to what the node brings.
   */
  boolean resize(Slot slot, Slot type) {
    Slot trial = type.copy();
    for (Slot.Placed placed : slot.placed.subList(slot.daemons, slot.placed.size())) {
      if (placed.shape().attached
          || fitting(placed.shape(), trial, placed.count()) < placed.count()) {
        return false;
      }
      takeSize(placed.shape(), trial, placed.count(), -1);
    }
    slot.free = trial.free;
    slot.devices = trial.devices;
    return true;
  }

  /** How much of the node one pod takes: the sum of its shares of every resource, above zero. */
  double share(PodShape shape, Slot slot) {
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
}
