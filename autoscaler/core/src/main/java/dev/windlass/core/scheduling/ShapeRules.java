package dev.windlass.core.scheduling;

import java.util.List;

/**
 * What a shape has to do with other pods.
 *
 * @param counted the counters that each of its pods raises
 * @param anti counters that must be zero in the node's domain
 * @param affinity counters that must not be zero there
 * @param affinityMatchesSelf whether the shape's first pod may begin a domain
 * @param spreads its topology spread constraints
 */
record ShapeRules(
    List<DomainCounter> counted,
    List<Anti> anti,
    List<DomainCounter> affinity,
    boolean affinityMatchesSelf,
    List<Spread> spreads) {
  static final ShapeRules NONE = new ShapeRules(List.of(), List.of(), List.of(), false, List.of());

  /**
   * A counter that must be zero.
   *
   * @param counter what it counts
   * @param excludesItself whether the shape's own pods count
   */
  record Anti(DomainCounter counter, boolean excludesItself) {}

  /**
   * One constraint of this shape.
   *
   * @param counter what it counts
   * @param maxSkew how far the fullest domain may be above the emptiest
   * @param minDomains with fewer domains the emptiest counts as zero
   * @param selfMatch whether the shape's own pods count
   */
  record Spread(DomainCounter counter, int maxSkew, int minDomains, boolean selfMatch) {}

  /** Whether other pods don't matter. */
  boolean speakOfNothing() {
    return anti.isEmpty() && affinity.isEmpty() && spreads.isEmpty();
  }

  /** Whether a node that refuses one pod refuses it for good while pods are only added. */
  boolean refusesForGood() {
    return affinity.isEmpty() && spreads.isEmpty();
  }

  /** Whether no two of its pods share a host. */
  boolean excludesItselfOnHosts() {
    return anti.stream()
        .anyMatch(each -> each.excludesItself() && each.counter().topology().ofHosts());
  }

  /** Whether only single hosts matter, so that one new node is as good as another. */
  boolean speaksOfHostsOnly() {
    return affinity.isEmpty()
        && anti.stream().allMatch(each -> each.counter().topology().ofHosts())
        && spreads.stream().allMatch(each -> each.counter().topology().ofHosts());
  }
}
