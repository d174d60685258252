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

  /** How many domains there are. */
  int size() {
    return size;
  }

  /** Takes note of a node; a negative number takes it back. */
  void register(Slot slot, int count) {
    int domain = slot.domain(topology);
    if (domain != Topology.NONE && inclusion.includes(slot.nodeClass)) {
      int before = nodes.add(domain, count);
      size += (before == 0 ? 1 : 0) - (before + count == 0 ? 1 : 0);
    }
  }
}
