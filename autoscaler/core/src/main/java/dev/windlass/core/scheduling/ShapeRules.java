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
    List<DomainCounter> anti,
    List<DomainCounter> affinity,
    boolean affinityMatchesSelf,
    List<Spread> spreads) {
  static final ShapeRules NONE = new ShapeRules(List.of(), List.of(), List.of(), false, List.of());

  /**
   * One constraint of this shape.
   *
   * @param counter what it counts
   * @param maxSkew how far the fullest domain may be above the emptiest
   * @param minDomains with fewer domains the emptiest counts as zero
   * @param selfMatch whether the shape's own pods count
   */
  record Spread(DomainCounter counter, int maxSkew, int minDomains, boolean selfMatch) {}
}
