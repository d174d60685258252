package dev.windlass.provider.spi;

import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cloud. Every method may block for its requests, never for what the cloud does after it has
 * answered them, and never throws for what a cloud can answer. What not every cloud can do is an
 * interface of its own; see {@link #capability}.
 *
 * <p>What a provider promises: nothing is written from a target that it did not just read; a target
 * is never lowered by setting it; a machine is deleted only if its incarnation is the one that was
 * asked for; an answer that did not come is settled by reading, or by asking again with the same
 * token; a read that failed never looks like an empty list.
 */
public interface CloudProvider extends AutoCloseable {
  /** Reads groups, all that one request can hold together. One group's failure is its own. */
  Observation observe(List<GroupReference> groups);

  /** Reads one group. */
  default CloudOutcome<GroupView> observe(GroupReference group) {
    CloudOutcome<GroupView> seen = observe(List.of(group)).groups().get(group.name());
    return seen == null
        ? new CloudOutcome.Unknown<>("the provider left out node group " + group.name())
        : seen;
  }

  /**
   * Raises a group's target. The same operation has one effect, however often it is asked for.
   *
   * @param group the group
   * @param change the sizes and machines asked for
   * @param operation names the effect
   * @return {@link CloudOutcome.Done} also when only a part could be had: its failures say why
   */
  CloudOutcome<Receipt> increase(GroupReference group, Increase change, OperationId operation);

  /**
   * Deletes machines and lowers the target by as many. All are looked at before the first is
   * deleted; one that may not be deleted does not keep the others.
   *
   * @return what became of each
   */
  CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation);

  /** Deletes one machine. */
  default CloudOutcome<Deletion> delete(
      GroupReference group, InstanceId instance, OperationId operation) {
    return delete(group, List.of(instance), operation)
        .map(each -> each.getOrDefault(instance, new Deletion.Gone()));
  }

  /** What this cloud can do beyond that. */
  default <C> Optional<C> capability(Class<C> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

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
