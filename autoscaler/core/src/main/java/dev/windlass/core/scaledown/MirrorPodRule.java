package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import java.util.Optional;

/** The image of a static pod lives and dies with its node. */
final class MirrorPodRule implements DrainabilityRule {
  @Override
  public Optional<DrainVerdict> judge(Pod pod, DrainContext context) {
    return pod.isMirror() ? Optional.of(new DrainVerdict.Skip()) : Optional.empty();
  }
}
