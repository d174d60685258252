package dev.windlass.core.scaledown;

import dev.windlass.core.model.Keys;
import dev.windlass.core.model.Pod;
import java.util.Optional;

/** Whoever runs the pod has asked that it be left alone. */
final class DoNotDisruptRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    boolean asked =
        "true".equals(pod.metadata().annotations().get(Keys.DO_NOT_DISRUPT))
            || "true".equals(pod.metadata().annotations().get(Keys.KARPENTER_DO_NOT_DISRUPT));
    return asked && !pod.status().isTerminal()
        ? Optional.of(
            new DrainVerdict.Block(
                KeptReason.DO_NOT_DISRUPT, "pod " + pod.key() + " asks not to be disrupted"))
        : Optional.empty();
  }
}
