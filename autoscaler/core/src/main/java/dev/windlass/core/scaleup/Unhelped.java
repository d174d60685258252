package dev.windlass.core.scaleup;

import dev.windlass.core.model.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pending pod that stays pending.
 *
 * @param pod the pod
 * @param reasons one for each node group, in the order of their names
 */
public record Unhelped(ObjectKey pod, List<Reason> reasons) {
  public Unhelped {
    reasons = List.copyOf(reasons);
  }

  /**
   * A node group's answer.
   *
   * @param nodeGroup the group, or null where there is none
   * @param rule the rule that failed
   * @param message one sentence with the values compared
   */
  public record Reason(
      dev.windlass.core.model.@Nullable NodeGroupName nodeGroup,
      UnhelpedRule rule,
      String message) {}
}
