package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import java.util.Optional;

/** A pod too unimportant to buy a node for does not keep one either: it goes with its node. */
final class ExpendableRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    return context.isExpendable(pod) ? Optional.of(new DrainVerdict.Skip()) : Optional.empty();
  }
}
