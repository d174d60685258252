package dev.windlass.core.scaledown;

import dev.windlass.core.model.Pod;
import java.util.List;
import java.util.Optional;

/**
 * A rule that may decide what a pod means for the removal of its node.
 *
 * <p>Source: the order and outcomes of Cluster Autoscaler's drainability rules.
 */
@FunctionalInterface
interface DrainabilityRule {
  /** The rules in their order; the first that decides wins. */
  List<DrainabilityRule> ORDERED =
      List.of(
          new MirrorPodRule(),
          new LongTerminatingRule(),
          new DaemonSetPodRule(),
          new ExpendableRule(),
          new DoNotDisruptRule(),
          new SafeToEvictRule(),
          new TerminalPodRule(),
          new OnCompletionRule(),
          new ReplicatedRule(),
          new SystemPodRule(),
          new NotSafeToEvictRule(),
          new LocalStorageRule(),
          new DisruptionBudgetRule());

  /** The rule's verdict, or empty when it has nothing to say about the pod. */
  Optional<DrainVerdict> judge(Pod pod, DrainContext context);

  /** The verdict of all rules. */
  static DrainVerdict judgeAll(Pod pod, DrainContext context) {
    for (DrainabilityRule rule : ORDERED) {
      Optional<DrainVerdict> verdict = rule.judge(pod, context);
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    return new DrainVerdict.Evict();
  }
}
