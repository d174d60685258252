package dev.windlass.core.volumes;

import dev.windlass.core.model.LabelSelector;
import dev.windlass.core.model.Requirement;
import dev.windlass.core.model.StorageCapacity;
import dev.windlass.core.model.StorageClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a claim's storage class makes a volume for a node: it has a provisioner, its allowed
 * topologies hold the node, and where the driver publishes how much can still be made, that is
 * enough.
 */
final class Provisioning {
  private final StorageIndex storage;

  Provisioning(StorageIndex storage) {
    this.storage = storage;
  }

  /** Why none is made, or empty when one is. */
  Optional<String> refuse(UnboundClaim claim, Map<String, String> labels) {
    StorageClass made = claim.storageClass();
    String who = "storage class " + made.name() + " of claim " + claim.name();
    if (!made.provisions()) {
      return Optional.of(who + " makes no volumes, and no volume there suits the claim");
    }
    List<List<Requirement>> topologies = made.topologies();
    if (!topologies.isEmpty() && topologies.stream().noneMatch(each -> holds(each, labels))) {
      return Optional.of(
          who + " makes volumes where " + NodeLabels.differing(topologies.getFirst(), labels));
    }
    return isEnough(claim, labels)
        ? Optional.empty()
        : Optional.of(who + " has no room there for " + claim.request().bytes() + " bytes");
  }

  private static boolean holds(List<Requirement> expressions, Map<String, String> labels) {
    return !expressions.isEmpty() && expressions.stream().allMatch(each -> each.matches(labels));
  }

  private boolean isEnough(UnboundClaim claim, Map<String, String> labels) {
    Long wanted = claim.request().bytes();
    if (wanted == null || !storage.isMeasured(claim.storageClass().provisioner())) {
      return true;
    }
    for (StorageCapacity capacity : storage.capacities(claim.storageClass().name())) {
      LabelSelector nodes = capacity.nodes();
      Long bytes = capacity.bytes();
      if (bytes != null && bytes >= wanted && nodes != null && nodes.matches(labels)) {
        return true;
      }
    }
    return false;
  }
}
