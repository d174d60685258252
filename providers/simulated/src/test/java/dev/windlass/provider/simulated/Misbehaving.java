package dev.windlass.provider.simulated;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider;
import dev.windlass.provider.spi.Deletion;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.Observation;
import dev.windlass.provider.spi.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider with one planted bug, around one without. */
final class Misbehaving implements CloudProvider {
  private final CloudProvider sound;
  private final Bug bug;
  private final AtomicInteger names = new AtomicInteger();

  /** What it does wrong. */
  enum Bug {
    /** A read that failed looks like a group without machines. */
    FAILED_READ_IS_EMPTY("F1"),
    /** A read that failed throws. */
    FAILED_READ_THROWS("F2"),
    /** A part of the machines is shown as all of them. */
    SHOWS_A_PART("F20"),
    /** No answer is taken for success. */
    UNKNOWN_IS_DONE("F6"),
    /** No answer is taken for a failure without effect. */
    UNKNOWN_IS_FAILED("F7"),
    /** Each attempt has a name of its own. */
    NEW_NAME_FOR_EACH_ATTEMPT("F7"),
    /** It adds to whatever target it finds. */
    ADDS_TO_ANY_TARGET("F24"),
    /** It waits for success within one call. */
    ASKS_WITHOUT_END("F36"),
    /** A deletion takes one more, to round things off. */
    DELETES_ONE_MORE("F27"),
    /** A refused deletion is taken for one that is not needed any more. */
    REFUSED_DELETION_IS_GONE("KGCP-242"),
    /** Every refusal is one of capacity. */
    EVERY_REFUSAL_IS_CAPACITY("F17");

    final String row;

    Bug(String row) {
      this.row = row;
    }
  }

  Misbehaving(CloudProvider sound, Bug bug) {
    this.sound = sound;
    this.bug = bug;
  }

  @Override
  public Observation observe(List<GroupReference> groups) {
    Observation observation = sound.observe(groups);
    Map<NodeGroupName, CloudOutcome<GroupView>> seen = new HashMap<>();
    observation.groups().forEach((name, reading) -> seen.put(name, reading(reading)));
    return new Observation(observation.generation(), observation.at(), seen);
  }

  private CloudOutcome<GroupView> reading(CloudOutcome<GroupView> reading) {
    boolean failed = !(reading instanceof CloudOutcome.Done<?>);
    if (bug == Bug.FAILED_READ_THROWS && failed) {
      throw new IllegalStateException(reading.toString());
    }
    if (bug == Bug.FAILED_READ_IS_EMPTY && failed) {
      return new CloudOutcome.Done<>(new GroupView(0, List.of(), List.of()));
    }
    if (bug == Bug.SHOWS_A_PART
        && reading instanceof CloudOutcome.Done<GroupView>(GroupView view)) {
      List<Instance> part = view.instances().stream().limit(50).toList();
      return new CloudOutcome.Done<>(new GroupView(view.target(), part, view.failures()));
    }
    return reading;
  }

  @Override
  public CloudOutcome<Receipt> increase(
      GroupReference group, Increase change, OperationId operation) {
    OperationId name =
        bug == Bug.NEW_NAME_FOR_EACH_ATTEMPT
            ? new OperationId(operation + "/" + names.incrementAndGet())
            : operation;
    Increase asked = bug == Bug.ADDS_TO_ANY_TARGET ? moved(group, change) : change;
    CloudOutcome<Receipt> outcome = sound.increase(group, asked, name);
    if (bug == Bug.ASKS_WITHOUT_END) {
      for (int i = 0; i < 5 && !(outcome instanceof CloudOutcome.Done<?>); i++) {
        outcome = sound.increase(group, asked, name);
      }
    }
    return switch (outcome) {
      case CloudOutcome.Unknown<Receipt> _ when bug == Bug.UNKNOWN_IS_DONE ->
          new CloudOutcome.Done<>(Receipt.of(change.to()));
      case CloudOutcome.Unknown<Receipt> unknown when bug == Bug.UNKNOWN_IS_FAILED ->
          new CloudOutcome.Failed<>(new CloudFailure(Cause.TRANSIENT, unknown.message()));
      case CloudOutcome.Failed<Receipt> failed when bug == Bug.EVERY_REFUSAL_IS_CAPACITY ->
          new CloudOutcome.Failed<>(new CloudFailure(Cause.CAPACITY, failed.failure().message()));
      case CloudOutcome<Receipt> honest -> honest;
    };
  }

  private Increase moved(GroupReference group, Increase change) {
    return sound.observe(group) instanceof CloudOutcome.Done<GroupView>(GroupView view)
        ? new Increase(
            view.target(), view.target() + change.to() - change.from(), change.machines())
        : change;
  }

  @Override
  public CloudOutcome<Map<InstanceId, Deletion>> delete(
      GroupReference group, List<InstanceId> instances, OperationId operation) {
    List<InstanceId> asked = new ArrayList<>(instances);
    if (bug == Bug.DELETES_ONE_MORE
        && sound.observe(group) instanceof CloudOutcome.Done<GroupView>(GroupView view)) {
      view.instances().stream()
          .map(Instance::id)
          .filter(id -> !instances.contains(id))
          .findFirst()
          .ifPresent(asked::add);
    }
    CloudOutcome<Map<InstanceId, Deletion>> outcome = sound.delete(group, asked, operation);
    return outcome.map(fates -> {
      Map<InstanceId, Deletion> told = new HashMap<>();
      instances.forEach(id -> told.put(id, told(fates.getOrDefault(id, new Deletion.Gone()))));
      return told;
    });
  }

  private Deletion told(Deletion fate) {
    return bug == Bug.REFUSED_DELETION_IS_GONE && fate instanceof Deletion.Failed
        ? new Deletion.Gone()
        : fate;
  }

  @Override
  public void close() {
    sound.close();
  }
}
