package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import java.util.Optional;

/** A pod that has ended needs no other place. */
final class TerminalPodRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    return pod.status().isTerminal() ? Optional.of(new DrainVerdict.Skip()) : Optional.empty();
  }
}
