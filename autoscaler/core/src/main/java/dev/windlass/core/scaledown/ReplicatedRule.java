package dev.windlass.core.scaledown;

import dev.windlass.core.model.OwnerReference;
import dev.windlass.core.model.Pod;
import java.util.Optional;
import java.util.Set;

/** A pod that nobody would create again keeps its node. */
final class ReplicatedRule implements DrainabilityRule {
  /** Kinds that are known to create a pod again elsewhere. */
  private static final Set<String> RECREATING =
      Set.of("ReplicaSet", "ReplicationController", "StatefulSet", "Job");

  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    OwnerReference owner = pod.metadata().controller();
    if (owner != null && RECREATING.contains(owner.kind())) {
      return Optional.empty();
    }
    String by = owner == null ? "no controller" : "a " + owner.kind();
    return Optional.of(
        new DrainVerdict.Block(
            KeptReason.NOT_REPLICATED,
            "pod " + pod.key() + " has " + by + " that would not create it again"));
  }
}
