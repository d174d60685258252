package dev.windlass.simulations.benchmark;

import dev.windlass.core.decision.Decision;
import dev.windlass.core.scaleup.GroupIncrease;

/**
 * How good a decision is.
 *
 * @param nodes nodes bought, less those that go
 * @param usdPerHour what the bought ones cost
 * @param unhelped pods without a place
 */
record Quality(int nodes, double usdPerHour, int unhelped) {
  static Quality of(Decision decision) {
    int nodes = -decision.plans().scaleDown().removals().size();
    double usdPerHour = 0;
    for (GroupIncrease increase : decision.plans().scaleUp().increases()) {
      nodes += increase.to() - increase.from();
      usdPerHour += increase.hourlyCost().usdPerHour();
    }
    return new Quality(nodes, usdPerHour, decision.plans().scaleUp().unhelped().size());
  }
}
