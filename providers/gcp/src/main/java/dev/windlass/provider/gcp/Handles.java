package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequest;
import com.google.cloud.compute.v1.Operation;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.provider.spi.CloudOutcome;
import dev.windlass.provider.spi.Progress;

/** Names of what Google Cloud does for us, which outlive this process. */
final class Handles {
  private static final String OPERATION = "operation/";
  private static final String RESIZE_REQUEST = "resize-request/";

  private final ComputeCalls calls;
  private final QueueCalls queue;

  Handles(ComputeCalls calls, QueueCalls queue) {
    this.calls = calls;
    this.queue = queue;
  }

  /** The handle of an operation on a group; empty when it is settled already. */
  static String of(ManagerId id, Operation operation) {
    return operation.getName().isEmpty()
        ? ""
        : OPERATION + id.location() + "/" + operation.getName();
  }

  static String ofResizeRequest(String name) {
    return RESIZE_REQUEST + name;
  }

  CloudOutcome<Progress> poll(ManagerId id, String handle) {
    try {
      return new CloudOutcome.Done<>(progress(id, handle));
    } catch (CallFailedException failed) {
      return failed.failure().cause() == Cause.NOT_FOUND
          ? new CloudOutcome.Done<>(new Progress.Forgotten())
          : failed.ofRead();
    }
  }

  private Progress progress(ManagerId id, String handle) {
    if (handle.startsWith(RESIZE_REQUEST)) {
      InstanceGroupManagerResizeRequest request =
          queue.get(id, handle.substring(RESIZE_REQUEST.length()));
      return ResizeRequests.progress(request);
    }
    String[] parts = handle.split("/");
    if (!handle.startsWith(OPERATION) || parts.length != 3) {
      throw CallFailedException.refused(
          Cause.CONFIG, "'" + handle + "' is no handle of this provider");
    }
    Operation operation = calls.operation(id.project(), parts[1], parts[2]);
    if (operation.getStatus() != Operation.Status.DONE) {
      return new Progress.Running();
    }
    return operation.hasError()
        ? new Progress.Failed(failure(operation))
        : new Progress.Succeeded();
  }

  private static CloudFailure failure(Operation operation) {
    return ResizeRequests.failure(operation.getError());
  }
}
