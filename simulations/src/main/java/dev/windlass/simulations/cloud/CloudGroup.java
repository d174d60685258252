package dev.windlass.simulations.cloud;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import dev.windlass.core.model.Variant;
import java.util.List;
import java.util.Optional;

/**
 * A group of machines that the simulated cloud keeps.
 *
 * @param cloudId the cloud's own name of the group
 * @param name the NodeGroup that names it
 * @param offerings what may be bought in it, and what its nodes look like
 * @param quota more machines than this are refused, for want of quota
 * @param initial how many machines, of the first offering, it begins with
 */
public record CloudGroup(
    String cloudId, NodeGroupName name, List<Offering> offerings, int quota, int initial) {
  public CloudGroup {
    offerings = List.copyOf(offerings);
    if (offerings.isEmpty()) {
      throw new IllegalArgumentException("group " + cloudId + " offers nothing");
    }
    if (initial < 0 || quota < initial) {
      throw new IllegalArgumentException(
          "need 0 <= initial <= quota, got " + initial + " and " + quota);
    }
  }

  Optional<Offering> offering(Variant variant) {
    return offerings.stream().filter(offering -> offering.variant().equals(variant)).findFirst();
  }
}
