package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.ManagedInstance;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Deletion;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Deletes machines of a group by their addresses, which lowers its target by as many. Each is
 * looked at first, since a name may stand for another machine by now.
 */
final class Deletions {
  private static final int MAX_BATCH = 1_000;

  private final ComputeCalls calls;
  private final InstantSource clock;

  Deletions(ComputeCalls calls, InstantSource clock) {
    this.calls = calls;
    this.clock = clock;
  }

  CloudOutcome<Map<InstanceId, Deletion>> delete(
      ManagerId id, List<InstanceId> asked, OperationId operation) {
    Map<String, ManagedInstance> members =
        calls.machines(id).stream()
            .collect(
                Collectors.toMap(
                    it -> GroupReader.place(id, it).link(), it -> it, (one, _) -> one));
    Map<InstanceId, Deletion> results = new ConcurrentHashMap<>();
    Map<InstanceId, MachineId> toDelete = new ConcurrentHashMap<>();
    Parallel.each(
        asked,
        each -> {
          Optional<MachineId> place = MachineId.of(each);
          Optional<Deletion> refusal =
              place.isEmpty()
                  ? Optional.of(foreign(each))
                  : refusal(each, place.get(), members.get(place.get().link()));
          refusal.ifPresentOrElse(
              it -> results.put(each, it), () -> toDelete.put(each, place.orElseThrow()));
        });
    return send(id, toDelete, operation, results);
  }

  private static Deletion foreign(InstanceId id) {
    return new Deletion.Failed(
        new CloudFailure(Cause.CONFIG, id + " is not a machine of Compute Engine"));
  }

  /** Why a machine is not to be deleted; empty if it is. */
  private Optional<Deletion> refusal(
      InstanceId asked, MachineId place, @Nullable ManagedInstance member) {
    if (member == null) {
      return Optional.of(new Deletion.Gone());
    }
    InstanceId there = place.incarnation(member.getId());
    if (!there.incarnation().equals(asked.incarnation())) {
      return Optional.of(new Deletion.Gone());
    }
    if (MachineStates.isLeaving(member)) {
      return Optional.of(new Deletion.AlreadyDeleting());
    }
    return member.getId() == 0 ? Optional.empty() : ofMachine(place, member);
  }

  /** The machine's own word, which its group does not pass on. */
  private Optional<Deletion> ofMachine(MachineId place, ManagedInstance member) {
    try {
      Instance machine = calls.machine(place);
      if (machine.getId() != member.getId()) {
        return Optional.of(new Deletion.Gone());
      }
      return machine.getDeletionProtection()
          ? Optional.of(new Deletion.Kept("it is protected against deletion"))
          : Optional.empty();
    } catch (CallFailedException failed) {
      return Optional.of(
          failed.failure().cause() == Cause.NOT_FOUND
              ? new Deletion.Gone()
              : new Deletion.Failed(failed.failure()));
    }
  }

  private CloudOutcome<Map<InstanceId, Deletion>> send(
      ManagerId id,
      Map<InstanceId, MachineId> toDelete,
      OperationId operation,
      Map<InstanceId, Deletion> results) {
    List<InstanceId> all = new ArrayList<>(toDelete.keySet());
    all.sort(null);
    String unknown = "";
    for (int from = 0; from < all.size(); from += MAX_BATCH) {
      List<InstanceId> batch = all.subList(from, Math.min(all.size(), from + MAX_BATCH));
      try {
        send(id, batch, toDelete, operation);
        batch.forEach(it -> results.put(it, new Deletion.Accepted()));
      } catch (CallFailedException failed) {
        if (failed.isUncertain()) {
          unknown = failed.failure().message();
        }
        batch.forEach(it -> results.put(it, new Deletion.Failed(failed.failure())));
      }
    }
    return unknown.isEmpty()
        ? new CloudOutcome.Done<>(ordered(results))
        : new CloudOutcome.Unknown<>(unknown);
  }

  /**
   * Sends a batch, a second time if the first has no answer; then the machines tell. The request id
   * is of this batch at this time: a machine that came back may be deleted again.
   */
  private void send(
      ManagerId id,
      List<InstanceId> batch,
      Map<InstanceId, MachineId> places,
      OperationId operation) {
    List<String> links = batch.stream().map(places::get).map(MachineId::link).toList();
    String requestId =
        Tokens.requestId(operation.value() + "/" + batch + "/" + clock.instant().toEpochMilli());
    try {
      calls.delete(id, links, requestId);
    } catch (CallFailedException first) {
      if (!first.isUncertain()) {
        throw first;
      }
      sendAgain(id, batch, links, requestId, first);
    }
  }

  private void sendAgain(
      ManagerId id,
      List<InstanceId> batch,
      List<String> links,
      String requestId,
      CallFailedException first) {
    try {
      calls.delete(id, links, requestId);
    } catch (CallFailedException _) {
      if (anyStays(id, batch)) {
        throw first;
      }
    }
  }

  /** Whether one of these is still a member that stays; also when that cannot be read. */
  private boolean anyStays(ManagerId id, List<InstanceId> batch) {
    try {
      return calls.machines(id).stream()
          .filter(it -> !MachineStates.isLeaving(it))
          .map(it -> GroupReader.place(id, it).incarnation(it.getId()))
          .anyMatch(batch::contains);
    } catch (CallFailedException _) {
      return true;
    }
  }

  private static Map<InstanceId, Deletion> ordered(Map<InstanceId, Deletion> results) {
    Map<InstanceId, Deletion> ordered = new LinkedHashMap<>();
    results.keySet().stream().sorted().forEach(it -> ordered.put(it, results.get(it)));
    return ordered;
  }
}
