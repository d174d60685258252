package dev.windlass.core.scaledown;

import dev.windlass.core.action.Action;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.NodeName;
import dev.windlass.core.model.ObjectKey;
import dev.windlass.core.model.Price;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes go, and why every other autoscaled node stays.
 *
 * @param removals nodes whose removal begins or goes on
 * @param kept the others
 * @param unneededSince the timers, for the next decision
 * @param steps the next step of each removal that is on its way
 */
public record ScaleDownPlan(
    List<Removal> removals,
    List<Kept> kept,
    Map<NodeName, Instant> unneededSince,
    List<Action> steps) {
  public static final ScaleDownPlan NOTHING =
      new ScaleDownPlan(List.of(), List.of(), Map.of(), List.of());

  public ScaleDownPlan {
    removals = List.copyOf(removals);
    kept = List.copyOf(kept);
    unneededSince = Map.copyOf(unneededSince);
    steps = List.copyOf(steps);
  }

  /**
   * A node that goes.
   *
   * @param node its name
   * @param nodeGroup its group
   * @param reason why
   * @param moves where its pods are expected to go
   * @param hourlySaving what it costs now
   */
  public record Removal(
      NodeName node,
      NodeGroupName nodeGroup,
      RemovalReason reason,
      List<Move> moves,
      Price hourlySaving) {
    public Removal {
      moves = List.copyOf(moves);
    }
  }

  /** A pod of a node that goes, and where it fits. */
  public record Move(ObjectKey pod, NodeName toNode) {}

  /**
   * A node that stays.
   *
   * @param node its name
   * @param nodeGroup its group
   * @param reason why
   * @param pod the pod that keeps it, or null
   * @param message one sentence with the values compared
   * @param until when the reason ends by itself, or null
   */
  public record Kept(
      NodeName node,
      NodeGroupName nodeGroup,
      KeptReason reason,
      @Nullable ObjectKey pod,
      String message,
      @Nullable Instant until) {}
}
