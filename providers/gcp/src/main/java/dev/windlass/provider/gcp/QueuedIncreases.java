package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequest;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.OperationId;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.CloudProvider.Increase;
import dev.windlass.provider.spi.Receipt;
import java.time.Duration;
import java.util.List;

/**
 * Asks for machines in the cloud's queue, all of them or none, for a limited run. The request has
 * the operation's name, so that there is one.
 */
final class QueuedIncreases {
  private final ComputeCalls calls;
  private final QueueCalls queue;

  QueuedIncreases(ComputeCalls calls, QueueCalls queue) {
    this.calls = calls;
    this.queue = queue;
  }

  CloudOutcome<Receipt> increase(
      ManagerId id, Increase change, OperationId operation, Duration run) {
    String name = Tokens.resizeRequest(operation);
    List<InstanceGroupManagerResizeRequest> requests = queue.list(id);
    int target = calls.manager(id).getTargetSize() + ResizeRequests.waiting(requests);
    if (requests.stream().anyMatch(it -> it.getName().equals(name))) {
      return new CloudOutcome.Done<>(receipt(target, name));
    }
    if (target != change.from()) {
      return new CloudOutcome.Conflict<>(
          id.name() + " wants " + target + " machines, not " + change.from());
    }
    return insert(id, change, run, name);
  }

  private CloudOutcome<Receipt> insert(ManagerId id, Increase change, Duration run, String name) {
    String requestId = Tokens.requestId(name + "/" + id);
    try {
      insertTwice(id, change.to() - change.from(), run, name, requestId);
    } catch (CallFailedException failed) {
      if (!(failed.isUncertain() || failed.failure().cause() == Cause.CONFLICT)
          || !exists(id, name)) {
        return failed.ofChange();
      }
    }
    return new CloudOutcome.Done<>(receipt(change.to(), name));
  }

  private void insertTwice(
      ManagerId id, int resizeBy, Duration run, String name, String requestId) {
    try {
      queue.insert(id, name, resizeBy, run, requestId);
    } catch (CallFailedException first) {
      if (!first.isUncertain()) {
        throw first;
      }
      try {
        queue.insert(id, name, resizeBy, run, requestId);
      } catch (CallFailedException _) {
        throw first;
      }
    }
  }

  private boolean exists(ManagerId id, String name) {
    try {
      return queue.get(id, name).getName().equals(name);
    } catch (CallFailedException _) {
      return false;
    }
  }

  private static Receipt receipt(int target, String name) {
    return new Receipt(target, List.of(), List.of(), Handles.ofResizeRequest(name));
  }
}
