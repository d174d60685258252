package dev.windlass.core.scaledown;

import dev.windlass.core.action.Action;
import dev.windlass.core.decision.Decision;
import java.util.List;

/** What a decision says of nodes, in short. */
final class Outcomes {
  private Outcomes() {}

  static List<String> removed(Decision decision) {
    return decision.plans().scaleDown().removals().stream()
        .map(removal -> removal.node() + " " + removal.reason().title())
        .toList();
  }

  static List<KeptReason> kept(Decision decision) {
    return decision.plans().scaleDown().kept().stream().map(ScaleDownPlan.Kept::reason).toList();
  }

  static List<String> sentences(Decision decision) {
    return decision.actions().stream().map(Action::sentence).toList();
  }
}
