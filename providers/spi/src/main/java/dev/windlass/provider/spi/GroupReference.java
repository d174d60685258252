package dev.windlass.provider.spi;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import java.util.List;

/**
 * A node group as a provider knows it.
 *
 * @param name the NodeGroup resource
 * @param cloudId the cloud's own name of the group, from the NodeGroup's provider reference
 * @param region where it is; empty for the provider's default
 * @param offerings what may be bought
 */
public record GroupReference(
    NodeGroupName name, String cloudId, String region, List<Offering> offerings) {
  public GroupReference {
    offerings = List.copyOf(offerings);
  }
}
