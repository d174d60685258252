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
  private int nonZero;
  private int least;
  private int atLeast;

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
    nonZero += (before == 0 ? 1 : 0) - (after == 0 ? 1 : 0);
    if (domains != null) {
      follow(before, after);
    }
  }

  /**
   * Keeps the least count above zero and how many domains have it. When none is left at it, every
   * other is above it, and the next is sought when it is asked for.
   */
  private void follow(int before, int after) {
    atLeast -= before == least && atLeast > 0 ? 1 : 0;
    if (after > 0 && after < least) {
      least = after;
      atLeast = 1;
    } else if (after > 0 && after == least) {
      atLeast++;
    }
  }

  int count(int domain) {
    return counts.get(domain);
  }

  int total() {
    return total;
  }

  /** The emptiest domain's count; zero while there are fewer domains than asked for. */
  int minimum(int minDomains) {
    int there = domains == null ? 0 : domains.size();
    if (there == 0 || there < minDomains || nonZero < there) {
      return 0;
    }
    if (atLeast == 0) {
      least = counts.leastPositive();
      atLeast = counts.domainsWith(least);
    }
    return least;
  }
}
