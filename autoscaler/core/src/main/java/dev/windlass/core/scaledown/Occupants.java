package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import java.util.ArrayList;
import java.util.List;

/** What the pods of a node that is to go allow now. */
final class Occupants {
  private final List<Pod> leaving = new ArrayList<>();
  private final List<Pod> last = new ArrayList<>();
  private boolean occupied;
  private boolean ending;
  private String kept = "";
  private String held = "";

  private Occupants() {}

  /**
   * Asks one pod after the other, and takes of the budgets what evictions cost.
   *
   * @param mustGo whether a pod that must not be evicted keeps nothing
   */
  static Occupants judge(List<Pod> pods, DrainContext context, Budgets budgets, boolean mustGo) {
    Occupants occupants = new Occupants();
    for (Pod pod : pods) {
      occupants.add(pod, DrainabilityRule.judgeAll(pod, context), budgets);
      if (!mustGo && !occupants.kept.isEmpty()) {
        break;
      }
    }
    return occupants;
  }

  private void add(Pod pod, DrainVerdict verdict, Budgets budgets) {
    boolean ends = pod.metadata().deletedAt() != null;
    ending |= ends;
    switch (verdict) {
      case DrainVerdict.Skip _ -> {}
      case DrainVerdict.EvictLast _ -> last.add(pod);
      case DrainVerdict.Wait _ -> {
        occupied = true;
        ending = true;
      }
      case DrainVerdict.Evict _ -> {
        occupied = true;
        if (!ends && budgets.take(pod)) {
          leaving.add(pod);
        }
      }
      case DrainVerdict.Block(KeptReason reason, String message) -> {
        occupied = true;
        if (reason == KeptReason.DISRUPTION_BUDGET) {
          held = message;
        } else if (!ends) {
          kept = message;
        }
      }
    }
  }

  /** Why a pod must not be evicted; empty when none says so. */
  String kept() {
    return kept;
  }

  /** Which budget holds all that is left; empty while something goes. */
  String held() {
    return leaving.isEmpty() && !ending ? held : "";
  }

  /** Whether any but daemons are there. */
  boolean any() {
    return occupied;
  }

  /** Who is evicted now. */
  List<Pod> leaving() {
    return leaving;
  }

  /** The daemons that are evicted when all others are gone. */
  List<Pod> last() {
    return last;
  }
}
