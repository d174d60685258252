package dev.windlass.provider.spi;

import dev.windlass.core.model.CloudFailure;
import dev.windlass.core.model.InstanceId;
import java.util.List;

/**
 * An increase that the cloud took.
 *
 * @param target the group's target now, or as the operation left it when it was asked for before
 * @param launched the machines that are known already; empty where the cloud names them later
 * @param failures what could not be had of it
 * @param handle names the cloud's operation for {@link Operations#poll}, also after a restart;
 *     empty when there is nothing to wait for
 */
public record Receipt(
    int target, List<InstanceId> launched, List<CloudFailure> failures, String handle) {
  public Receipt {
    launched = List.copyOf(launched);
    failures = List.copyOf(failures);
  }

  /** All of it was taken, and the machines will show. */
  public static Receipt of(int target) {
    return new Receipt(target, List.of(), List.of(), "");
  }
}
