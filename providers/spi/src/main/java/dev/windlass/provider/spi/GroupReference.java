package dev.windlass.provider.spi;

import dev.windlass.core.model.NodeGroupName;
import dev.windlass.core.model.Offering;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node group as a provider knows it.
 *
 * @param name the NodeGroup resource
 * @param cloudId the cloud's own name of the group, from the NodeGroup's provider reference
 * @param region where it is; empty for the provider's default
 * @param offerings what may be bought
 * @param queuedRun machines are asked for in the cloud's queue and run this long at most; null for
 *     machines that are bought at once
 */
public record GroupReference(
    NodeGroupName name,
    String cloudId,
    String region,
    List<Offering> offerings,
    @Nullable Duration queuedRun) {
  public GroupReference {
    offerings = List.copyOf(offerings);
  }

  /** A group whose machines are bought at once. */
  public GroupReference(
      NodeGroupName name, String cloudId, String region, List<Offering> offerings) {
    this(name, cloudId, region, offerings, null);
  }
}
