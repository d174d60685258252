package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.PodShape;
import java.util.HashSet;
import java.util.Set;

/** Pods of a member that have no place yet. */
final class Open {
  private final Demand.Member member;
  private final Set<Offer> refused = new HashSet<>(0);
  private int left;

  Open(Demand.Member member, int left) {
    this.member = member;
    this.left = left;
  }

  Demand.Member member() {
    return member;
  }

  PodShape shape() {
    return member.shape();
  }

  int left() {
    return left;
  }

  void take(int placed) {
    left -= placed;
  }

  /** Takes note that a new node of an offer does not take them, though there was room for one. */
  void refuse(Offer offer) {
    refused.add(offer);
  }

  boolean isRefusedBy(Offer offer) {
    return refused.contains(offer);
  }
}
