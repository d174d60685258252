package dev.windlass.core.scheduling;

import org.jspecify.annotations.Nullable;

/**
 * Counts pods by the value of one node label. One that belongs to a topology spread constraint
 * counts on some nodes only and knows the domains that these make.
 */
final class DomainCounter {
  private final int index;
  private final Topology topology;
  private final @Nullable DomainSet domains;
  private final SparseCounts counts = new SparseCounts();
  private int total;
  private final LeastCount anywhere = new LeastCount();
  private final LeastCount present = new LeastCount();

  /** The state of the domains that {@link #present} is about. */
  private int known = -1;

  /**
   * A counter without any pod.
   *
   * @param index its number, from 0
   * @param topology the label whose values are the domains
   * @param domains the domains of a topology spread constraint, or null to count on every node
   */
  DomainCounter(int index, Topology topology, @Nullable DomainSet domains) {
    this.index = index;
    this.topology = topology;
    this.domains = domains;
  }

  int index() {
    return index;
  }

  Topology topology() {
    return topology;
  }

  /** Whether pods that are ending count, as they do for affinity only. */
  boolean countsTerminating() {
    return domains == null;
  }

  void add(Slot slot, int pods) {
    int domain = slot.domain(topology);
    if (domain == Topology.NONE
        || (domains != null && !domains.inclusion().includes(slot.nodeClass))) {
      return;
    }
    int before = counts.add(domain, pods);
    int after = before + pods;
    total += pods;
    if (domains != null) {
      anywhere.change(before, after);
      if (known == domains.changes() && domains.isPresent(domain)) {
        present.change(before, after);
      }
    }
  }

  int count(int domain) {
    return counts.get(domain);
  }

  int total() {
    return total;
  }

  /**
   * The emptiest domain's count; zero while there are fewer domains than asked for.
   *
   * @param toCome whether domains that only nodes to come have count too; kube-scheduler does not
   *     know these yet
   */
  int minimum(int minDomains, boolean toCome) {
    if (domains == null) {
      return 0;
    }
    boolean all = toCome || domains.present() == domains.size();
    int there = all ? domains.size() : domains.present();
    if (there == 0 || there < minDomains) {
      return 0;
    }
    LeastCount least = all ? anywhere : present;
    if (!all && known != domains.changes()) {
      recount(least, true);
      known = domains.changes();
    }
    if (least.nonZero() < there) {
      return 0;
    }
    if (!least.isKnown()) {
      recount(least, !all);
    }
    return least.value();
  }

  private void recount(LeastCount least, boolean presentOnly) {
    least.clear();
    counts.forEach((domain, count) -> {
      if (!presentOnly || (domains != null && domains.isPresent(domain))) {
        least.change(0, count);
      }
    });
  }
}
