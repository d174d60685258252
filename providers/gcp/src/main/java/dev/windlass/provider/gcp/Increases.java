package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.OperationId;
import dev.windlass.core.model.Variant;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.GroupReference;
import dev.windlass.provider.spi.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks groups for machines by names that the operation has: those that exist are never asked for
 * again. A target is never set. A request without an answer is sent once more under the same
 * request id, and otherwise settled by reading.
 */
final class Increases {
  private static final int MAX_BATCH = 1_000;

  private final ComputeCalls calls;

  Increases(ComputeCalls calls) {
    this.calls = calls;
  }

  CloudOutcome<Receipt> increase(
      GroupReference group, ManagerId id, Increase change, OperationId operation) {
    InstanceGroupManager manager = calls.manager(id);
    List<String> names =
        Tokens.names(manager.getBaseInstanceName(), operation, change.to() - change.from());
    int target = manager.getTargetSize();
    if (target == change.from()) {
      return send(group, id, change, operation, names, target);
    }
    List<String> missing = missing(id, names);
    if (missing.isEmpty()) {
      return new CloudOutcome.Done<>(Receipt.of(target));
    }
    return target == change.from() + names.size() - missing.size()
        ? send(group, id, change, operation, missing, target)
        : new CloudOutcome.Conflict<>(
            id.name() + " wants " + target + " machines, not " + change.from());
  }

  /** An operation that is over already answers a request of before: the target is read again. */
  private CloudOutcome<Receipt> send(
      GroupReference group,
      ManagerId id,
      Increase change,
      OperationId operation,
      List<String> names,
      int target) {
    String handle = "";
    boolean isAnew = true;
    for (int from = 0; from < names.size(); from += MAX_BATCH) {
      List<String> batch = names.subList(from, Math.min(names.size(), from + MAX_BATCH));
      try {
        Operation sent = send(id, batch, operation);
        handle = Handles.of(id, sent);
        isAnew &= sent.getStatus() != Operation.Status.DONE && !handle.isEmpty();
      } catch (CallFailedException failed) {
        CallFailedException told =
            failed.isUncertain()
                ? failed
                : CallFailedException.refused(narrowed(failed.failure(), change, group));
        return from == 0 || told.isUncertain()
            ? told.ofChange()
            : new CloudOutcome.Done<>(
                new Receipt(target + from, List.of(), List.of(told.failure()), handle));
      }
    }
    int reached = target + names.size();
    return new CloudOutcome.Done<>(
        new Receipt(isAnew ? reached : target(id, reached), List.of(), List.of(), handle));
  }

  private int target(ManagerId id, int unread) {
    try {
      return calls.manager(id).getTargetSize();
    } catch (CallFailedException _) {
      return unread;
    }
  }

  /** Sends a batch, a second time if the first has no answer. */
  private Operation send(ManagerId id, List<String> names, OperationId operation) {
    String requestId = Tokens.requestId(operation.value() + "/" + names);
    try {
      return calls.create(id, names, requestId);
    } catch (CallFailedException first) {
      if (!first.isUncertain()) {
        return existing(id, names, first);
      }
      try {
        return calls.create(id, names, requestId);
      } catch (CallFailedException _) {
        return existing(id, names, first);
      }
    }
  }

  /** If all machines are there, the request was taken; otherwise it failed as it said. */
  private Operation existing(ManagerId id, List<String> names, CallFailedException failed) {
    boolean worthReading = failed.isUncertain() || failed.failure().cause() == Cause.CONFLICT;
    if (worthReading && isTaken(id, names)) {
      return Operation.getDefaultInstance();
    }
    throw failed;
  }

  private boolean isTaken(ManagerId id, List<String> names) {
    try {
      return missing(id, names).isEmpty();
    } catch (CallFailedException _) {
      return false;
    }
  }

  private List<String> missing(ManagerId id, List<String> names) {
    Set<String> members =
        calls.machines(id).stream()
            .map(ManagedInstance::getInstance)
            .map(Location::last)
            .collect(Collectors.toSet());
    List<String> missing = new ArrayList<>(names);
    missing.removeAll(members);
    return missing;
  }

  private static CloudFailure narrowed(
      CloudFailure failure, Increase change, GroupReference group) {
    Set<Variant> variants = change.machines().keySet();
    return variants.size() == 1
        ? FailureScopes.narrowed(failure, variants.iterator().next(), group)
        : failure;
  }
}
