package dev.windlass.provider.spi;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.CloudFailure.Cause;
import dev.windlass.core.model.InstanceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Deletes machines one after the other where a cloud has no request for several. */
public final class OneByOne {
  private OneByOne() {}

  /**
   * Deletes each; one that fails does not keep the others. Without an answer for one of them, the
   * whole has none.
   */
  public static CloudOutcome<Map<InstanceId, Deletion>> delete(
      List<InstanceId> instances, Function<InstanceId, CloudOutcome<Deletion>> delete) {
    Map<InstanceId, Deletion> results = new LinkedHashMap<>();
    String unknown = "";
    for (InstanceId each : instances) {
      switch (delete.apply(each)) {
        case CloudOutcome.Done<Deletion> done -> results.put(each, done.value());
        case CloudOutcome.Conflict<Deletion> conflict ->
            results.put(
                each, new Deletion.Failed(new CloudFailure(Cause.CONFLICT, conflict.message())));
        case CloudOutcome.Failed<Deletion> failed ->
            results.put(each, new Deletion.Failed(failed.failure()));
        case CloudOutcome.Unknown<Deletion> open -> unknown = each + ": " + open.message();
      }
    }
    return unknown.isEmpty()
        ? new CloudOutcome.Done<>(results)
        : new CloudOutcome.Unknown<>(unknown);
  }
}
