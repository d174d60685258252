package dev.windlass.core.scheduling;

import dev.windlass.core.devices.DeviceBook;
import dev.windlass.core.devices.Grant;
import dev.windlass.core.devices.NodeDevices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices that a slot reaches, and what pods that were put there got of them. The slot's book
 * is the cluster's, or a layer of its own when the slot is a trial.
 */
final class DeviceHold {
  final DeviceBook book;
  final NodeDevices devices;
  private final List<List<Grant>> granted = new ArrayList<>();
  private final Map<PodShape, Room> rooms = new HashMap<>();

  /** How many pods found devices when the book was at a version, and how many had been wanted. */
  private record Room(int version, int changes, int wanted, int found) {}

  private int changes;

  DeviceHold(DeviceBook book, NodeDevices devices) {
    this.book = book;
    this.devices = devices;
  }

  /** Takes what pods were granted. */
  void take(List<Grant> grants) {
    changes++;
    grants.forEach(book::take);
    granted.add(grants);
  }

  /** Gives back what was taken last. */
  void release() {
    changes++;
    granted.removeLast().reversed().forEach(book::release);
  }

  /** The room that is known, or -1. */
  int known(PodShape shape, int wanted) {
    Room room = rooms.get(shape);
    if (room == null || room.version() != book.version() || room.changes() != changes) {
      return -1;
    }
    boolean exhausted = room.found() < room.wanted();
    return exhausted || wanted <= room.wanted() ? Math.min(room.found(), wanted) : -1;
  }

  void remember(PodShape shape, int wanted, int found) {
    rooms.put(shape, new Room(book.version(), changes, wanted, found));
  }
}
