package dev.windlass.core.scheduling;

/** The domains that there are for the constraints that count the same nodes by the same label. */
final class DomainSet {
  private final Topology topology;
  private final Inclusion inclusion;
  private final SparseCounts nodes = new SparseCounts();
  private int size;

  DomainSet(Topology topology, Inclusion inclusion) {
    this.topology = topology;
    this.inclusion = inclusion;
  }

  Inclusion inclusion() {
    return inclusion;
  }

  /** Whether the node makes a domain. */
  boolean includes(Slot slot) {
    return slot.domain(topology) != Topology.NONE && inclusion.includes(slot.nodeClass);
  }

  /** How many domains there are. */
  int size() {
    return size;
  }

  /** Takes note of a node; a negative number takes it back. */
  void register(Slot slot, int count) {
    if (includes(slot)) {
      int before = nodes.add(slot.domain(topology), count);
      size += (before == 0 ? 1 : 0) - (before + count == 0 ? 1 : 0);
    }
  }
}
