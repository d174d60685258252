package dev.windlass.core.scheduling;

/**
 * The domains that there are for the constraints that count the same nodes by the same label: those
 * of nodes that are there, and those of nodes to come.
 */
final class DomainSet {
  private final Topology topology;
  private final Inclusion inclusion;
  private final Inclusion open;
  private final SparseCounts present = new SparseCounts();
  private final SparseCounts coming = new SparseCounts();
  private int presentSize;
  private int size;
  private int changes;

  /**
   * No domain yet.
   *
   * @param inclusion the nodes that count
   * @param open the nodes that the constraints' pods may run on, size and other pods apart
   */
  DomainSet(Topology topology, Inclusion inclusion, Inclusion open) {
    this.topology = topology;
    this.inclusion = inclusion;
    this.open = open;
  }

  Inclusion inclusion() {
    return inclusion;
  }

  /** Whether the node makes a domain. */
  boolean includes(Slot slot) {
    return slot.domain(topology) != Topology.NONE && inclusion.includes(slot.nodeClass);
  }

  /** How many domains there are, with those of nodes to come. */
  int size() {
    return size;
  }

  /** How many domains nodes that are there have. */
  int present() {
    return presentSize;
  }

  boolean isPresent(int domain) {
    return present.get(domain) > 0;
  }

  /** A number that changes with the domains of nodes that are there. */
  int changes() {
    return changes;
  }

  /** Takes note of a node; a negative number takes it back. */
  void register(Slot slot, int count) {
    if (!includes(slot)) {
      return;
    }
    int domain = slot.domain(topology);
    boolean before = isPresent(domain);
    int known = before || coming.get(domain) > 0 ? 1 : 0;
    (slot.nodeClass.toCome ? coming : present).add(domain, count);
    boolean after = isPresent(domain);
    if (before != after) {
      presentSize += after ? 1 : -1;
      changes++;
    }
    size += (after || coming.get(domain) > 0 ? 1 : 0) - known;
  }

  /** Takes note of nodes that could be bought, if the constraints' pods could run there. */
  void offer(Slot probe, int nodes) {
    if (open.includes(probe.nodeClass)) {
      register(probe, nodes);
    }
  }
}
