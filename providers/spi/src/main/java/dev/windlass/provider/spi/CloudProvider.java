package dev.windlass.provider.spi;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import java.util.Map;

/**
 * One cloud. Every method may block and never throws for what a cloud can answer; a second call
 * with the same operation id has no second effect.
 */
public interface CloudProvider extends AutoCloseable {
  /** Reads one group. */
  CloudOutcome<GroupView> describe(GroupReference group);

  /**
   * Raises a group's target.
   *
   * @param group the group
   * @param change the sizes and machines asked for
   * @param operation names the effect
   */
  CloudOutcome<Integer> increase(GroupReference group, Increase change, OperationId operation);

  /**
   * Deletes one machine and lowers the target by one. A machine that is gone already counts as
   * done.
   */
  CloudOutcome<Boolean> delete(GroupReference group, InstanceId instance, OperationId operation);

  @Override
  void close();

  /**
   * A change of size.
   *
   * @param from the target that is expected
   * @param to the target asked for, larger
   * @param machines how many of what the difference consists of
   */
  record Increase(int from, int to, Map<Variant, Integer> machines) {
    public Increase {
      machines = Map.copyOf(machines);
      if (to <= from) {
        throw new IllegalArgumentException("an increase goes up, not from " + from + " to " + to);
      }
    }
  }
}
