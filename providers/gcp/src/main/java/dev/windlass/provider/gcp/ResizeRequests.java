package dev.windlass.provider.gcp;

import com.google.cloud.compute.v1.Error;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.InstanceGroupManagerResizeRequest;
import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.Offering;
import dev.windlass.provider.spi.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What requests in the cloud's queue say. */
final class ResizeRequests {
  private ResizeRequests() {}

  /** How many machines are asked for and not promised yet: the group's target lacks them. */
  static int waiting(List<InstanceGroupManagerResizeRequest> requests) {
    return requests.stream()
        .filter(it -> isWaiting(it.getState()))
        .mapToInt(InstanceGroupManagerResizeRequest::getResizeBy)
        .sum();
  }

  private static boolean isWaiting(String state) {
    return switch (state) {
      case "CREATING", "ACCEPTED", "PROVISIONING" -> true;
      case String _ -> false;
    };
  }

  /** The requests that failed, by their names. */
  static Map<String, CloudFailure> failures(GroupReader.Reading reading) {
    Map<String, CloudFailure> failures = new LinkedHashMap<>();
    for (InstanceGroupManagerResizeRequest request : reading.queue()) {
      if (request.getState().equals("FAILED")) {
        CloudFailure failure = failure(request.getStatus().getError());
        failures.put(
            "queue/" + request.getName(),
            reading.reference().offerings().stream()
                .map(Offering::variant)
                .findFirst()
                .map(it -> FailureScopes.narrowed(failure, it, reading.reference()))
                .orElse(failure));
      }
    }
    return failures;
  }

  static Progress progress(InstanceGroupManagerResizeRequest request) {
    if (isWaiting(request.getState())) {
      return new Progress.Running();
    }
    return switch (request.getState()) {
      case "SUCCEEDED" -> new Progress.Succeeded();
      case "CANCELLED" ->
          new Progress.Failed(
              new CloudFailure(Cause.CONFLICT, request.getName() + " was cancelled"));
      case String _ -> new Progress.Failed(failure(request.getStatus().getError()));
    };
  }

  /** The first error of an operation: the others repeat it. */
  static CloudFailure failure(Error error) {
    if (error.getErrorsCount() == 0) {
      return new CloudFailure(Cause.UNKNOWN, "Google Cloud gives no reason");
    }
    Errors first = error.getErrors(0);
    return ErrorCodes.failure(first.getCode(), first.getMessage(), 0);
  }
}
