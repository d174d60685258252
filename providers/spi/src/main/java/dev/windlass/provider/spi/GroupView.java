package dev.windlass.provider.spi;

import dev.windlass.core.model.GroupFailure;
import dev.windlass.core.model.Instance;
import java.util.List;

/**
 * What a cloud says of one node group.
 *
 * @param target the size it was last asked for
 * @param instances its machines, those that are being created or deleted included
 * @param failures purchases that failed and have not been reported before
 */
public record GroupView(int target, List<Instance> instances, List<GroupFailure> failures) {
  public GroupView {
    instances = List.copyOf(instances);
    failures = List.copyOf(failures);
  }
}
