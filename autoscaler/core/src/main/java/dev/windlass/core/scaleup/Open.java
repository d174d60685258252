package dev.windlass.core.scaleup;

import dev.windlass.core.scheduling.PodShape;

/** Pods of a member that have no place yet. */
final class Open {
  private final Demand.Member member;
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
}
