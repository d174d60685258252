package dev.windlass.daemon.kubernetes;

import dev.windlass.core.model.Node;
import dev.windlass.core.model.NodeGroupName;
import dev.windlass.daemon.resource.CloudFacts;
import dev.windlass.provider.spi.Templates.Described;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The node that speaks for each group: its newest ready one, and the last that it had while it has
 * none. Without that memory a group that was scaled to zero is described wrongly again, and
 * machines are bought again and again for a pod that none of them can hold. It ends when the cloud
 * describes the group differently. For one thread.
 */
final class SampleNodes {
  private final Map<NodeGroupName, Sample> samples = new HashMap<>();

  private record Sample(Node node, List<Described> described) {}

  /**
   * The node that speaks for a group; null when none was seen.
   *
   * @param newestReady the group's newest ready node, or null
   * @param facts how the cloud describes the group now
   */
  @Nullable Node of(NodeGroupName group, @Nullable Node newestReady, CloudFacts facts) {
    if (newestReady != null) {
      samples.put(group, new Sample(newestReady, facts.variants()));
      return newestReady;
    }
    Sample known = samples.get(group);
    return known == null || !known.described.equals(facts.variants()) ? null : known.node;
  }

  /** Forgets every other group. */
  void keep(Collection<NodeGroupName> groups) {
    samples.keySet().retainAll(groups);
  }
}
