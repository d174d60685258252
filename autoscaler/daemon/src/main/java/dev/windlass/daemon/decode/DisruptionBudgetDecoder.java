package dev.windlass.daemon.decode;

import dev.windlass.core.model.DisruptionBudget;
import dev.windlass.core.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.util.List;
import java.util.Map;

/** Disruption budgets as their controller last counted them. */
public final class DisruptionBudgetDecoder {
  private DisruptionBudgetDecoder() {}

  /**
   * The budget, or what is wrong with it. One that its controller hasn't counted in its present
   * form allows no disruption, as the eviction API answers.
   */
  public static Decoded<DisruptionBudget> decode(PodDisruptionBudget written) {
    Problems problems = new Problems();
    ObjectMeta metadata = Fields.metadata(written);
    LabelSelector selector =
        written.getSpec() == null
            ? SelectorDecoder.NOTHING
            : SelectorDecoder.decode("spec.selector", written.getSpec().getSelector(), problems);
    return problems.unlessAny(
        new DisruptionBudget(Fields.key(metadata), selector, allowed(written, metadata)));
  }

  /** What stands for a bad budget: every pod of its namespace is protected. */
  public static DisruptionBudget standIn(PodDisruptionBudget written, String problem) {
    LabelSelector everything = new LabelSelector(Map.of(), List.of());
    return new DisruptionBudget(Fields.key(Fields.metadata(written)), everything, 0);
  }

  private static int allowed(PodDisruptionBudget written, ObjectMeta metadata) {
    PodDisruptionBudgetStatus status = written.getStatus();
    if (status == null) {
      return 0;
    }
    long generation = metadata.getGeneration() == null ? 0 : metadata.getGeneration();
    long observed = status.getObservedGeneration() == null ? 0 : status.getObservedGeneration();
    return observed < generation
        ? 0
        : Math.max(0, Fields.number(status.getDisruptionsAllowed(), 0));
  }
}
