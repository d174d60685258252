package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.GroupView;
import dev.windlass.provider.spi.GroupView.Limits;
import dev.windlass.provider.spi.GroupView.Remark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the view of one group of what was read of it. */
final class GroupReader {
  private final MachineFacts facts;
  private final LikelyVariants likely;
  private final NodePools pools;

  GroupReader(MachineFacts facts, LikelyVariants likely, NodePools pools) {
    this.facts = facts;
    this.likely = likely;
    this.pools = pools;
  }

  /**
   * What was read of a group.
   *
   * @param reference as the NodeGroup has it
   * @param id its name in the API
   * @param manager the group
   * @param machines its machines
   * @param queue its resize requests, if it asks for machines in the queue
   */
  record Reading(
      GroupReference reference,
      ManagerId id,
      InstanceGroupManager manager,
      List<ManagedInstance> machines,
      List<InstanceGroupManagerResizeRequest> queue) {
    /** The size that was asked for, what waits in the queue included. */
    int target() {
      return manager.getTargetSize() + ResizeRequests.waiting(queue);
    }
  }

  CloudOutcome<GroupView> view(Reading reading, GroupMemory memory, Instant now) {
    boolean hasStandby =
        reading.manager().getTargetStoppedSize() + reading.manager().getTargetSuspendedSize() > 0;
    List<Instance> instances = new ArrayList<>();
    Map<String, CloudFailure> failures = new LinkedHashMap<>(ResizeRequests.failures(reading));
    for (ManagedInstance machine : reading.machines()) {
      Optional<Instance.State> state = MachineStates.of(machine, hasStandby);
      if (state.isEmpty()) {
        continue;
      }
      Instance instance = instance(reading, machine, state.get(), memory, now);
      instances.add(instance);
      CloudFailure error = instance.error();
      if (error != null) {
        failures.put(machine.getInstance() + "#" + error.code(), error);
      }
    }
    return new CloudOutcome.Done<>(
        new GroupView(
            reading.target(),
            Limits.NONE,
            instances,
            memory.unreported(failures).stream()
                .map(it -> new GroupFailure(reading.reference().name(), it, now))
                .toList(),
            remarks(reading)));
  }

  private List<Remark> remarks(Reading reading) {
    List<Remark> remarks = new ArrayList<>(Remarks.of(reading.id(), reading.manager()));
    remarks.addAll(pools.remarks(reading.id()));
    return remarks;
  }

  private Instance instance(
      Reading reading,
      ManagedInstance machine,
      Instance.State state,
      GroupMemory memory,
      Instant now) {
    MachineId place = place(reading.id(), machine);
    Optional<MachineFacts.Fact> fact = facts.of(machine.getId());
    Variant variant =
        fact.map(it -> new Variant(it.type(), place.zone(), it.purchase()))
            .orElseGet(() -> likely.of(reading, machine, place.zone()));
    return new Instance(
        place.incarnation(machine.getId()),
        reading.reference().name(),
        variant,
        state,
        fact.map(MachineFacts.Fact::createdAt)
            .orElseGet(() -> memory.since(machine.getInstance(), now)),
        state == Instance.State.FAILED ? error(machine, variant, reading.reference()) : null,
        fact.map(MachineFacts.Fact::endsAt).orElse(null));
  }

  /** The first error of the last attempt: the others repeat it. */
  private static CloudFailure error(
      ManagedInstance machine, Variant variant, GroupReference reference) {
    Errors error = machine.getLastAttempt().getErrors().getErrors(0);
    return FailureScopes.narrowed(
        ErrorCodes.failure(error.getCode(), error.getMessage(), 0), variant, reference);
  }

  static MachineId place(ManagerId id, ManagedInstance machine) {
    String zone = Location.after(machine.getInstance(), "zones");
    if (zone.isEmpty()) {
      throw CallFailedException.refused(
          Cause.UNKNOWN, "a machine of " + id.name() + " has no address");
    }
    return new MachineId(id.project(), zone, Location.last(machine.getInstance()));
  }
}
